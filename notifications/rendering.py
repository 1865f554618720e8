"""From one Markdown text to a mail in text and HTML."""

import nh3
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False})


def markdown_html(text: str) -> str:
    """Safe HTML of a Markdown text."""
    return nh3.clean(_markdown.render(text))


def mail_html(text: str, subject: str) -> str:
    body = mark_safe(markdown_html(text))
    return render_to_string("notifications/mail.html", {"body": body, "subject": subject})
