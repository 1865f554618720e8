"""Small tags of the look: icons, a block shown twice, a person's tint, the address with one parameter changed."""

import re
from functools import lru_cache
from typing import NamedTuple

from django import template
from django.core.paginator import Page, Paginator
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

from mentoring.models import Person

register = template.Library()
TINTS = 6


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> SafeString:
    """A Lucide icon as large as the text around it; hidden from screen readers unless it has a label."""
    told = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    return mark_safe(re.sub(r"\s*\n\s*", "", lucide(name, size=20, **{"class": "icon", **told})))


@register.simple_tag
@lru_cache(maxsize=16)
def icons_once(*names: str) -> SafeString:
    """The drawings of icons that a long list shows in line after line, each by `icon_drawn`."""
    bare = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
    drawings = [bare.sub(rf'<symbol id="icon-{name}" viewBox="0 0 24 24">\1</symbol>', lucide(name)) for name in names]
    return mark_safe(re.sub(r"\s*\n\s*", "", f'<svg class="quiet" aria-hidden="true">{"".join(drawings)}</svg>'))


@register.simple_tag
@lru_cache(maxsize=512)
def icon_drawn(name: str, label: str = "") -> SafeString:
    """Like `icon`, of a drawing that stands in the page."""
    told = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon icon--drawn" {}><use href="#icon-{}"/></svg>', told, name)


@register.filter
def in_few_words(html: str) -> SafeString:
    """HTML that looks the same without the indentation of its template. Not for text to edit, nor text as it is."""
    return mark_safe(re.sub(r"\s*\n\s*", "\n", html))


@register.simple_tag(takes_context=True)
def again(context: template.Context, name: str) -> str:
    """The block of this name once more: the title of the window is the heading of the page."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return str(block.render(context))


@register.filter
def tint(key: int | None) -> int:
    """One of six tints, the same for the same person everywhere."""
    return (key or 0) % TINTS + 1


@register.simple_tag
def avatar(person: Person, size: str = "") -> SafeString:
    """A person's photo, or their initials in their tint. A tag, for lists show it by the dozen."""
    sized = f" avatar--{size}" if size else ""
    if person.photo_at is None:
        mark = '<span class="avatar avatar--{}{}" aria-hidden="true">{}</span>'
        return format_html(mark, tint(person.pk), sized, person.initials[:2])
    photo = f"{reverse('person-photo', args=[person.pk])}?v={int(person.photo_at.timestamp())}"
    mark = '<img class="avatar{}" src="{}" alt="" width="80" height="80" loading="lazy" />'
    return format_html(mark, sized, photo)


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, **changes: object) -> str:
    """This page's address with some parameters changed; an empty value removes one."""
    query = context["parameters"].copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = str(value)
    return f"?{query.urlencode()}"


class Pager(NamedTuple):
    """What stands below a list in pages."""

    number: int
    pages: int
    first: int
    last: int
    total: int

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None

    @property
    def numbers(self) -> list[int | None]:
        """The numbers to show; None stands for those left out."""
        shown = Paginator(range(self.pages), 1).get_elided_page_range(self.number, on_each_side=1, on_ends=1)
        return [number if isinstance(number, int) else None for number in shown]


@register.filter
def pager(page: Page[object]) -> Pager:
    return Pager(page.number, page.paginator.num_pages, page.start_index(), page.end_index(), page.paginator.count)


TONES = {
    "good": ("active", "completed", "approved", "accepted", "held", "reached", "signed", "launched", "enrolled", "done",
             "answered", "sent", "decided"),
    "accent": ("asking_junior", "asking_senior", "asking_mentor", "beginning", "asked", "proposed", "planned", "open",
               "running"),
    "warn": ("paused", "waiting", "stuck", "queued", "pending", "draft", "not_held"),
    "bad": ("failed", "rejected", "dead"),
}  # fmt: skip
TONE_OF = {status: tone for tone, statuses in TONES.items() for status in statuses}
ICON_OF = {"good": "check", "accent": "arrow-right", "warn": "clock", "bad": "x", "": "minus"}


@register.filter
def tone(status: str) -> str:
    """How a status looks: good, accent, warn, bad, or neither."""
    return TONE_OF.get(str(status), "")


@register.filter
def status_icon(status: str) -> str:
    return ICON_OF[tone(status)]


BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"),
           ("Mac OS X", "a Mac"), ("CrOS", "a Chromebook"), ("Linux", "Linux"))  # fmt: skip


@register.filter
def browser_name(user_agent: str) -> str:
    """ "Firefox on Linux" out of what a browser says of itself."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
