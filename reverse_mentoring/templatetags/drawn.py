"""Parts of pages that are drawn once.

    {% drawn pair=pair me=me %}
      {% include "pair/_people.html" %}
    {% enddrawn %}

Inside, a template sees the values that are named and nothing else: no request, no user. So the same values give the
same words, and a process keeps the words under a digest of the values: whatever would change the words changes the
digest, and nothing that is kept can be out of date. What has asked the database while it was drawn depends on more
than its values and is not kept. The clock alone must stay outside: no `naturaltime`, no `now`; a moment may be shown,
in the reader's zone.

A value that cannot be pickled says by `drawn_by()` what its looks follow from. A form may stand inside: its token is
put in when the words are used. What somebody wrote in private stays outside, so that no process keeps it.
"""

import pickle
from collections.abc import Callable, Mapping
from hashlib import blake2b
from itertools import count
from typing import Any

from django import template
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
TOKEN = "the-token-of-the-form-goes-here"
_numbers = count(1)


class DrawnNode(template.Node):
    def __init__(self, inside: NodeList, values: Mapping[str, FilterExpression]) -> None:
        self.inside, self.values, self.number = inside, values, next(_numbers)

    def render(self, context: template.Context) -> SafeString:
        values = {name: expression.resolve(context) for name, expression in self.values.items()}
        key = self._key(values)
        kept = caches["process"]
        words = None if settings.DEBUG else kept.get(key)
        if words is None:
            asked, alone = Asked(), context.new({**values, "csrf_token": TOKEN})
            alone.template = context.template
            with connection.execute_wrapper(asked):
                words = self.inside.render(alone)
            if not asked.anything:
                kept.set(key, str(words))
        return mark_safe(words.replace(TOKEN, str(context["csrf_token"])) if TOKEN in words else words)

    def _key(self, values: Mapping[str, Any]) -> str:
        told = [value.drawn_by() if hasattr(value, "drawn_by") else value for value in values.values()]
        digest = blake2b(pickle.dumps(told, pickle.HIGHEST_PROTOCOL), digest_size=20).hexdigest()
        return f"{self.number}:{timezone.get_current_timezone_name()}:{digest}"


class Asked:
    """Notices whether the database was asked."""

    anything = False

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.anything = True
        return execute(*arguments)


@register.tag
def drawn(parser: Parser, token: Token) -> DrawnNode:
    words = token.split_contents()[1:]
    values = token_kwargs(words, parser)
    if words or not values:
        raise template.TemplateSyntaxError("What is drawn names its values: {% drawn pair=pair %}")
    inside = parser.parse(("enddrawn",))
    parser.delete_first_token()
    return DrawnNode(inside, values)
