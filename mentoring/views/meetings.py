"""Planning, moving and cancelling meetings."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mentoring import diaries
from mentoring.actions import meetings as actions
from mentoring.calendar_entries import entry_of
from mentoring.clock import in_words, place_of
from mentoring.forms.meetings import CancelForm, PlanForm, plan_of
from mentoring.meeting_texts import agenda_for, starters_for
from mentoring.models import Pair, Person, TransitionError
from mentoring.permissions import PersonRequest
from mentoring.texts import agendas
from mentoring.views.find import own_meeting, own_pair, posted, seen
from mentoring.working_hours import works_at
from notifications.calendar import invitation


def meeting_plan(request: PersonRequest, pk: int) -> HttpResponse:
    pair, me = own_pair(request, pk, from_its_beginning=True), request.user.person
    form = PlanForm(posted(request), pair=pair, person=me, initial=_asked_for(request, pair))
    if not form.is_bound:
        try:
            actions.refuse_before_first_word(pair, me)
        except TransitionError as no:
            messages.info(request, str(no))
            return redirect("pair-detail", pair.pk)
    if form.is_valid():
        with form.refusals():
            meeting = actions.plan(pair, by=me, plan=form.plan)
            messages.success(request, f"Planned: {in_words(meeting.starts_at, me.zone)}. {_follows(pair, me)}")
            return redirect("pair-detail", pair.pk)
    return render(request, "mentoring/meeting_plan.html", {"form": form, **_planning(pair, me)})


@require_POST
def meeting_accept(request: PersonRequest, pk: int) -> HttpResponse:
    meeting, me = own_meeting(request, pk), request.user.person
    try:
        actions.accept(meeting, by=me)
        messages.success(request, f"That is settled. {meeting.pair.partner_of(me)} gets a message.")
    except TransitionError as no:
        messages.info(request, str(no))
    return redirect("meeting-detail", meeting.pk)


def meeting_move(request: PersonRequest, pk: int) -> HttpResponse:
    meeting, me = own_meeting(request, pk), request.user.person
    if not meeting.is_ahead(timezone.now()):
        messages.info(request, "This meeting is no longer ahead of you, so it cannot be moved.")
        return redirect("meeting-detail", meeting.pk)
    pair = meeting.pair
    form = PlanForm(posted(request), pair=pair, person=me, initial=plan_of(meeting, me))
    if me.pk != pair.junior_id:
        form.leave_agenda_to(pair.junior)
    if form.is_valid():
        with form.refusals():
            meeting = actions.move(meeting, by=me, plan=form.plan, seen=seen(request))
            messages.success(request, f"Saved: {in_words(meeting.starts_at, me.zone)}. {_follows(pair, me)}")
            return redirect("meeting-detail", meeting.pk)
    return render(request, "mentoring/meeting_move.html", {"form": form, "meeting": meeting, **_planning(pair, me)})


def meeting_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    meeting, me = own_meeting(request, pk), request.user.person
    form = CancelForm(posted(request))
    if form.is_valid():
        with form.refusals():
            meeting = actions.cancel(meeting, by=me, word=form.cleaned_data["word"])
            messages.success(request, f"Cancelled. {_follows(meeting.pair, me)}")
            return redirect("pair-detail", meeting.pair_id)
    context = {"form": form, "meeting": meeting, "pair": meeting.pair, "partner": meeting.pair.partner_of(me)}
    return render(request, "mentoring/meeting_cancel.html", context)


@require_safe
def meeting_file(request: PersonRequest, pk: int) -> HttpResponse:
    """The meeting for a calendar, for those who get no mail."""
    meeting, me = own_meeting(request, pk), request.user.person
    name, _, text = invitation(entry_of(meeting, accepted_by=me), me.zone)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


@require_safe
def meeting_clock(request: PersonRequest, pk: int) -> HttpResponse:
    """What the partner's clock shows at the time that is being chosen; nothing while it is no time."""
    pair, me = own_pair(request, pk, from_its_beginning=True), request.user.person
    partner = pair.partner_of(me)
    form = PlanForm(request.GET, pair=pair, person=me)
    form.full_clean()
    start: dt.datetime | None = form.cleaned_data.get("starts_at")
    context: dict[str, object] = {"partner": partner, "start": start, **_zones(me, partner)}
    if start is not None:
        end = start + dt.timedelta(minutes=form.cleaned_data.get("minutes") or 0)
        context["words"] = f"{in_words(start, partner.zone)} in {place_of(partner.zone)}"
        context["suits"] = works_at(partner, start) and works_at(partner, end)
    return render(request, "mentoring/_meeting_clock.html", context)


def _planning(pair: Pair, me: Person) -> dict[str, object]:
    """What both forms of a plan show beside the form."""
    now = timezone.now()
    return {
        "pair": pair,
        "me": me,
        "partner": pair.partner_of(me),
        **_zones(me, pair.partner_of(me)),
        "channel": PlanForm(pair=pair, person=me).fields["channel"].initial,
        "times": diaries.suggested_times(pair, me, now=now),
        "agenda": agenda_for(pair),
        "starters": starters_for(pair, me),
    }


def _zones(me: Person, partner: Person) -> dict[str, object]:
    return {"partner_place": place_of(partner.zone), "other_zone": partner.time_zone != me.time_zone}


def _asked_for(request: PersonRequest, pair: Pair) -> dict[str, object]:
    """What the address asks the form to begin with: a suggested agenda."""
    wanted = request.GET.get("agenda", "")
    return {"agenda": str(agendas().get(wanted) or agenda_for(pair))} if wanted else {}


def _follows(pair: Pair, me: Person) -> str:
    return f"{pair.partner_of(me)} gets a message, and both calendars follow by e-mail."
