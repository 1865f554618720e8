"""The certificate of a completed pair: one person's hours and skills. It names no partner, for it may be shared."""

from django.conf import settings
from django.utils.formats import date_format

from mentoring.dashboard.pairs import row_of
from mentoring.documents import render_pdf
from mentoring.models import Pair, Person


def certificate_of(pair: Pair, person: Person) -> bytes:
    assert pair.started_at is not None
    assert pair.finished_at is not None
    held, row = list(pair.meetings.held()), row_of(pair, person)
    data = {
        "name": person.name,
        "company": settings.COMPANY_NAME,
        "programme": str(pair.programme),
        "since": date_format(pair.started_at.astimezone(person.zone), "j F Y"),
        "until": date_format(pair.finished_at.astimezone(person.zone), "j F Y"),
        "meetings": len(held),
        "hours": hours_in_words(sum(meeting.minutes for meeting in held)),
        "shared": row.shares.name if row.shares else "",
        "learned": row.learns.name if row.learns else "",
    }
    return render_pdf("certificate", data, made_on=pair.finished_at)


def hours_in_words(minutes: int) -> str:
    """To the quarter of an hour: “4½ hours”."""
    quarters = max(1, round(minutes / 15))
    whole, part = divmod(quarters, 4)
    number = f"{whole or ''}{('', '¼', '½', '¾')[part]}"
    return f"{number} {'hour' if quarters <= 4 else 'hours'}"
