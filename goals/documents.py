"""The agreement on paper."""

import datetime as dt

from django.utils.formats import date_format

from goals.models import AgreementVersion
from mentoring.documents import render_pdf
from mentoring.models import Pair, Person


def agreement_document(pair: Pair, version: AgreementVersion, reader: Person) -> bytes:
    """One kept version, word for word, with who signed it when, on the reader's clock."""
    signatures = list(version.signatures.select_related("person"))
    data = {
        "title": f"Agreement between {pair.mentor.name} and {pair.mentee.name}",
        "programme": str(pair.programme),
        "number": version.number,
        "saved_at": _moment(version.saved_at, reader),
        "saved_by": version.saved_by.name if version.saved_by else "",
        "lines": version.content,
        "signatures": [{"name": s.person.name, "at": _moment(s.signed_at, reader)} for s in signatures],
        "open": [who.name for who in pair.people if who.pk not in {s.person_id for s in signatures}],
    }
    return render_pdf("agreement", data, made_on=version.saved_at)


def _moment(at: dt.datetime, reader: Person) -> str:
    here = at.astimezone(reader.zone)
    return f"{date_format(here, 'j F Y, H:i')} ({here.tzname()})"
