"""Writing to the outbox. Called inside the transaction of the action that has something to say."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from notifications.models import Message
from notifications.rendering import mail_html

Attachment = tuple[str, str, str]  # file name, MIME type, text


def post(
    template: str,
    *,
    key: str,
    kind: str,
    to: Any,
    context: Mapping[str, Any],
    url: str = "",
    not_before: dt.datetime | None = None,
    attachments: Sequence[Attachment] = (),
    in_app: bool = True,
) -> None:
    """Writes one message; a second call with the same `key` writes nothing.

    `template` is a folder such as "mentoring/messages/pair_asked" with `subject.txt` and `body.md`. `to` is a user or,
    for people without an account, an address. `url` is the path that the message leads to.
    """
    user = None if isinstance(to, str) else to
    words = {**context, "url": settings.SITE_URL + url if url else "", "site_url": settings.SITE_URL}
    subject = " ".join(render_to_string(f"{template}/subject.txt", words).split())[:200]
    text = render_to_string(f"{template}/body.md", words).strip()
    Message.objects.bulk_create(
        [
            Message(
                key=key, kind=kind, recipient=user, to=to if user is None else user.email, subject=subject, text=text,
                html=mail_html(text, subject), summary=subject, url=url, attachments=[list(a) for a in attachments],
                in_app=in_app and user is not None, next_try_at=not_before or timezone.now(),
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    transaction.on_commit(partial(hurry))


def hurry() -> None:
    """Wakes a worker up. Where the broker is down the sweep finds the row later."""
