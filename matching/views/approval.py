"""HR's approval workspace: one table, and what HR does to its rows."""

import json
from collections.abc import Callable
from operator import attrgetter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from matching.actions import suggestions
from matching.actions.bulk import in_words
from matching.filters import DEFAULT_SORT
from matching.forms import ReasonForm
from matching.models import MatchingRun, SavedView, Suggestion
from matching.views.sought import Sought
from matching.workspace import (
    CAME_TO_NOTHING,
    NEEDING_SHOWN,
    Table,
    counts_of,
    desks,
    rows_of,
    tabs_of,
    without_partner,
)
from mentoring.models import Pair, Programme, TransitionError, User
from mentoring.permissions import PersonRequest, hr_required
from mentoring.prepared import KEY, prepared
from mentoring.views.tools import only_row

_PROGRAMME = prepared(
    lambda reader, pk: (
        Programme.objects.visible_to(User(is_hr=True))
        .filter(pk=pk)
        .annotate(
            has_run=Exists(MatchingRun.objects.filter(programme=OuterRef("pk"))),
            has_saved_views=Exists(SavedView.objects.filter(person=reader)),
            has_come_to_nothing=Exists(Pair.objects.filter(programme=OuterRef("pk"), status__in=CAME_TO_NOTHING)),
        )
    ),
    KEY,
    KEY,
)
_THERE_IS = attrgetter("has_run", "has_saved_views", "has_come_to_nothing")  # what is read only where there is any
_LAST_RUN = prepared(lambda programme: MatchingRun.objects.filter(programme=programme)[:1], KEY)
_SAVED_VIEWS = prepared(lambda person: SavedView.objects.filter(person=person), KEY)


@hr_required
def approval_list(request: PersonRequest) -> HttpResponse:
    return render(request, "matching/approval_list.html", {"programmes": desks()})


@hr_required
def approval(request: PersonRequest, pk: int) -> HttpResponse:
    programme = only_row(_PROGRAMME(request.user.pk, pk))
    has_run, has_saved_views, has_come_to_nothing = _THERE_IS(programme)
    sought, counts = Sought(request, programme), counts_of(programme)
    page = sought.page(counts)
    needing = without_partner(programme) if has_come_to_nothing else []
    run = next(iter(_LAST_RUN(programme.pk)), None) if has_run else None
    return render(
        request,
        "matching/approval.html",
        {
            "programme": programme,
            "sought": sought,
            "page": page,
            "table": Table(rows_of(programme, list(page), request.user.pk, sought.scales)),
            "tabs": tabs_of(counts, sought.status),
            "status": sought.status,
            "default_sort": DEFAULT_SORT,
            "run": run,
            "under_way": run.pk if run and run.is_unfinished else None,
            "needing": needing[:NEEDING_SHOWN],
            "needing_more": len(needing) > NEEDING_SHOWN,
            "address": request.get_full_path(),
            "matching": sought.data.urlencode(),
            "saved_views": _SAVED_VIEWS(request.user.pk) if has_saved_views else [],
        },
    )


@hr_required
def suggestion_why(request: PersonRequest, pk: int) -> HttpResponse:
    """All that speaks for a suggestion: inside the row that asks for it, or on a page of its own."""
    suggestion = get_object_or_404(Suggestion.objects.known_to_hr().with_people(), pk=pk)
    [row] = rows_of(suggestion.programme, [pk], request.user.pk)
    template = "_suggestion_why.html" if request.headers.get("HX-Request") else "suggestion_why.html"
    return render(request, f"matching/{template}", {"suggestion": suggestion, "row": row})


@require_POST
@hr_required
def suggestion_approve(request: PersonRequest, pk: int) -> HttpResponse:
    def act(suggestion: Suggestion) -> str:
        allowed = request.POST.get(f"allow-{pk}") == "yes"
        pair = suggestions.approve(suggestion, by=request.user.person, allow_reporting_line=allowed)
        return "Approved. They begin now." if pair.is_beginning else f"Approved. {pair.junior} is asked first."

    return _decide(request, pk, act)


@hr_required
def suggestion_reject(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks for the reason, where no script opened the field for it in the row."""
    if request.method != "POST":
        return _ask_why_not(request, pk)

    because = request.POST.get(f"because-{pk}", "")

    def act(suggestion: Suggestion) -> str:
        form = ReasonForm({"because": because})
        if not form.is_valid():
            raise ValidationError([error for errors in form.errors.values() for error in errors])
        try:
            suggestions.reject(suggestion, by=request.user.person, because=form.cleaned_data["because"])
        except TransitionError as error:
            raise TransitionError(f"{error} You wrote: “{because}”" if because.strip() else str(error)) from error
        return "Rejected."

    return _decide(request, pk, act)


@require_POST
@hr_required
def suggestion_reinstate(request: PersonRequest, pk: int) -> HttpResponse:
    def act(suggestion: Suggestion) -> str:
        suggestions.reinstate(suggestion, by=request.user.person)
        return "Taken back: it waits for you again."

    return _decide(request, pk, act)


def _ask_why_not(request: PersonRequest, pk: int) -> HttpResponse:
    suggestion = get_object_or_404(Suggestion.objects.known_to_hr().with_people(), pk=pk)
    if suggestion.status != Suggestion.Status.PROPOSED:
        messages.warning(request, f"{suggestion}: {suggestions.decision_in_words(suggestion)}")
        return redirect("approval", suggestion.programme_id)
    return render(request, "matching/suggestion_reject.html", {"suggestion": suggestion})


def _decide(request: PersonRequest, pk: int, act: Callable[[Suggestion], str]) -> HttpResponse:
    """Acts, and answers with the row as it is now; without script, with the whole table again."""
    known = Suggestion.objects.known_to_hr()
    suggestion = get_object_or_404(known.with_people(), pk=pk)
    try:
        done, problem = act(suggestion), ""
    except (ValidationError, TransitionError) as error:
        done, problem = "", in_words(error)
    if request.headers.get("HX-Request"):
        [row] = rows_of(suggestion.programme, [pk], request.user.pk)
        answer = render(request, "matching/_suggestion_row.html", {"row": row, "problem": problem})
        answer["HX-Trigger"] = json.dumps({"toast": f"{suggestion}: {problem or done}"})
        return answer
    if problem:
        messages.warning(request, f"{suggestion}: {problem}")
    else:
        messages.success(request, f"{suggestion}: {done}")
    return redirect(_back(request, suggestion.programme_id))


def _back(request: PersonRequest, programme: int) -> str:
    """The table as it was, with its filters and its page."""
    address = request.POST.get("address", "")
    if url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return reverse("approval", args=[programme])
