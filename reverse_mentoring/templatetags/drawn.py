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
put in when the words are used. What somebody wrote in private stays outside, so that no process keeps it, or stands
between `{% apart %}` and `{% endapart %}`, which sees all that the page sees, is drawn each time and put in its place.
"""

import io
import pickle
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from hashlib import blake2b
from itertools import count
from typing import Any

from django import template
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.models import Model
from django.template.base import FilterExpression, NodeList, Parser, Token, Variable, token_kwargs
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
TOKEN = "the-token-of-the-form-goes-here"
APART = re.compile(r"<apart-(\d+)>")  # what people write has no tags of its own
_numbers = count(1)


class DrawnNode(template.Node):
    def __init__(self, inside: NodeList, values: Mapping[str, FilterExpression]) -> None:
        self.inside, self.values, self.number = inside, values, next(_numbers)
        self.is_the_same = not any(isinstance(value.var, Variable) and value.var.lookups for value in values.values())
        self.apart: dict[int, NodeList] = {
            node.number: node.inside for node in inside.get_nodes_by_type(ApartNode) if isinstance(node, ApartNode)
        }

    def render(self, context: template.Context) -> SafeString:
        if self.apart and getattr(context, "is_drawn_once", False):
            raise template.TemplateSyntaxError("What is kept with the words around it cannot stand apart.")
        values = {name: expression.resolve(context) for name, expression in self.values.items()}
        key = self._key(values)
        kept = caches["process"]
        words = None if settings.DEBUG else kept.get(key)
        if words is None:
            asked, alone = Asked(), context.new({**values, "csrf_token": TOKEN})
            alone.template, alone.is_drawn_once = context.template, True  # type: ignore[attr-defined]
            with connection.execute_wrapper(asked):
                words = str(self.inside.render(alone))
            if not asked.anything:
                kept.set(key, words)
        if TOKEN in words:
            words = words.replace(TOKEN, str(context["csrf_token"]))
        return mark_safe(self._filled(words, context) if self.apart and "<apart-" in words else words)

    def _key(self, values: Mapping[str, Any]) -> str:
        if self.is_the_same:
            return f"{self.number}:{timezone.get_current_timezone_name()}"
        told = [value.drawn_by() if hasattr(value, "drawn_by") else value for value in values.values()]
        digest = blake2b(told_of(told), digest_size=20).hexdigest()
        return f"{self.number}:{timezone.get_current_timezone_name()}:{digest}"

    def _filled(self, words: str, context: template.Context) -> str:
        parts = APART.split(words)
        parts[1::2] = [self.apart[int(number)].render(context) for number in parts[1::2]]
        return "".join(parts)


class ApartNode(template.Node):
    """Inside of what is drawn once, the place of a part that is drawn each time."""

    def __init__(self, inside: NodeList) -> None:
        self.inside, self.number = inside, next(_numbers)

    def render(self, context: template.Context) -> SafeString:
        return mark_safe(f"<apart-{self.number}>")


def told_of(values: object) -> bytes:
    """Tells values apart; nothing reads it back. Of a row the columns and the rows read with it, and not how it would
    be made again, which takes several times as long to write.
    """
    told = io.BytesIO()
    telling = pickle.Pickler(told, pickle.HIGHEST_PROTOCOL)
    telling.dispatch_table = _tellers()
    telling.dump(values)
    return told.getvalue()


@cache
def _tellers() -> dict[type, Callable[[Any], tuple[Any, ...]]]:
    return {model: partial(_told_of_row, model._meta.label) for model in apps.get_models()}


def _told_of_row(label: str, row: Model) -> tuple[Any, ...]:
    told = vars(row).copy()
    told["_state"] = row._state.fields_cache
    return _row, (label, told)


def _row(*parts: object) -> None:
    """Stands for a row in what is told of it."""


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


@register.tag
def apart(parser: Parser, token: Token) -> ApartNode:
    if not any(command == "drawn" for command, _ in parser.command_stack):
        raise template.TemplateSyntaxError("What stands apart does so inside of something that is drawn once.")
    inside = parser.parse(("endapart",))
    parser.delete_first_token()
    return ApartNode(inside)
