"""The audit: every change by whom, when, old and new. It tells nobody who said no: see `AuditEntry.objects.quiet`."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mentoring.actions import readings
from mentoring.actions.base import record
from mentoring.forms.audit import AuditForm
from mentoring.keyset import keyset_page
from mentoring.models import AuditEntry, Reading
from mentoring.models.audit import AuditQuerySet
from mentoring.permissions import PersonRequest, hr_required
from mentoring.tables import table_response
from mentoring.views.tools import url_with

PAGE = 50
MOST_EXPORTED = 50_000
FEW = 5  # found by name: so few that their doings are looked at, not a list
HEAD = ("When", "Who", "What", "On", "Name", "Changes")


@require_safe
@hr_required
def audit(request: PersonRequest) -> HttpResponse:
    form = AuditForm(request.GET)
    is_quiet = request.GET.get("ends") == "yes"
    rows = _rows(form, is_quiet)
    if form.is_valid():
        _note(request, form)
    page = keyset_page(rows.select_related("by"), request.GET, PAGE)
    context = {
        "form": form, "is_quiet": is_quiet, "page": page, "rows": [(entry, changes_of(entry)) for entry in page.rows],
        "is_asked": bool(set(request.GET) - {"ends", "before", "after"}),
    }  # fmt: skip
    return render(request, "mentoring/audit.html", context)


@require_safe
@hr_required
def audit_csv(request: PersonRequest) -> HttpResponseBase:
    """What the search finds, for a spreadsheet. Taking it away is a row of the audit, too."""
    form = AuditForm(request.GET)
    is_quiet = request.GET.get("ends") == "yes"
    rows = _rows(form, is_quiet).order_by("-pk")
    if not form.is_valid() or rows[MOST_EXPORTED : MOST_EXPORTED + 1].exists():
        messages.warning(
            request, f"More than {MOST_EXPORTED:,} rows would not open in most spreadsheets. Choose a shorter period."
        )
        return redirect(url_with("audit", request.GET))
    _note(request, form)
    answer = table_response("audit", HEAD, _cells(rows.select_related("by").iterator(2000), is_quiet))
    person, search = request.user.person, {name: value for name, value in request.GET.items() if value}
    record(AuditEntry.Action.AUDIT_EXPORTED, person, by=person, search=", ".join(f"{k} {v}" for k, v in search.items()))
    return answer


def _rows(form: AuditForm, is_quiet: bool) -> AuditQuerySet:
    rows = AuditEntry.objects.quiet() if is_quiet else AuditEntry.objects.aloud()
    return form.matching(rows) if form.is_valid() else rows.none()


def _note(request: PersonRequest, form: AuditForm) -> None:
    people = form.people()
    if len(people) <= FEW:
        readings.note(people, Reading.What.AUDIT, by=request.user.person)


def _cells(rows: Iterable[AuditEntry], is_quiet: bool) -> Iterator[tuple[Any, ...]]:
    for entry in rows:
        changes = "; ".join(
            f"{name}: {old} → {new}" if old is not None else f"{name}: {new}" for name, old, new in changes_of(entry)
        )
        when = entry.at.date() if is_quiet else entry.at
        yield (
            when,
            entry.by.name if entry.by else "",
            entry.get_action_display(),
            entry.object_type,
            entry.object_name,
            changes,
        )


def changes_of(entry: AuditEntry) -> list[tuple[str, str | None, str]]:
    """(what, old, new) of each field; old is None where there is but a value."""
    return [_change(name.replace("_", " "), value) for name, value in entry.changes.items()]


def _change(name: str, value: Any) -> tuple[str, str | None, str]:
    if isinstance(value, list) and len(value) == 2:
        return name, _shown(value[0]), _shown(value[1])
    return name, None, ", ".join(map(_shown, value)) if isinstance(value, list) else _shown(value)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "nothing" if value in (None, "") else str(value)
