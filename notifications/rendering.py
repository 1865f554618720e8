"""From one Markdown text to a mail in text and HTML."""

import re
from collections.abc import Mapping
from typing import Any

import nh3
from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from notifications.kinds import ALWAYS, Kind
from notifications.readers import Reader
from notifications.unsubscribe import unsubscribe_url

_markdown = MarkdownIt("commonmark", {"html": False})
# What people write stands in mails too; none of it may become a link or a picture there.
_mail_markdown = MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink"])
STRONG = re.compile(r"\*\*(\S(?:.*?\S)?)\*\*")


def markdown_html(text: str) -> SafeString:
    """Safe HTML of a Markdown text, for a page."""
    return mark_safe(nh3.clean(_markdown.render(text)))  # cleaned by nh3


def mail_markdown_html(text: str) -> SafeString:
    """Safe HTML of a Markdown text, for a mail: no links, no pictures."""
    return mark_safe(nh3.clean(_mail_markdown.render(text)))  # cleaned by nh3


def render_plain(template: str, context: Mapping[str, Any]) -> str:
    """The template's text with nothing escaped: it is not HTML yet."""
    plain: Template = get_template(template).template  # type: ignore[attr-defined]
    return plain.render(Context(dict(context), autoescape=False))


def mail_html(body: str, **context: str) -> str:
    """The mail's HTML part around a body that is safe HTML."""
    return render_to_string(
        "notifications/mail.html",
        {**context, "body": body, "site_url": settings.SITE_URL, "company_name": settings.COMPANY_NAME},
    )


def mail_text(body: str, *, link: str = "", stop: str = "") -> str:
    """The mail's text part: what Markdown marks as strong reads as plain words; lists and quotes read as they are."""
    footer = f"-- \nYou get this from the reverse-mentoring programme of {settings.COMPANY_NAME}."
    parts = (STRONG.sub(r"\1", body), link, footer + (f"\nStop messages of this kind: {stop}" if stop else ""))
    return "\n\n".join(part for part in parts if part) + "\n"


def stop_url(user: Reader | None, kind: Kind) -> str:
    """Where this person stops this kind of mail with one click; nothing for what always comes."""
    return unsubscribe_url(user.pk, kind) if user is not None and kind not in ALWAYS else ""
