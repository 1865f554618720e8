"""From one Markdown text to a mail in text and HTML."""

from collections.abc import Mapping
from typing import Any

import nh3
from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False})
# What people write stands in mails too; none of it may become a link or a picture there.
_mail_markdown = MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink"])


def markdown_html(text: str) -> str:
    """Safe HTML of a Markdown text, for a page."""
    return mark_safe(nh3.clean(_markdown.render(text)))  # cleaned by nh3


def render_plain(template: str, context: Mapping[str, Any]) -> str:
    """The template's text with nothing escaped: it is not HTML yet."""
    plain: Template = get_template(template).template  # type: ignore[attr-defined]
    return plain.render(Context(dict(context), autoescape=False))


def mail_html(body: str, **context: str) -> str:
    """The mail's HTML part around a Markdown body."""
    html = mark_safe(nh3.clean(_mail_markdown.render(body)))  # cleaned by nh3
    return render_to_string(
        "notifications/mail.html",
        {**context, "body": html, "site_url": settings.SITE_URL, "company_name": settings.COMPANY_NAME},
    )
