"""Logging meetings, and the notes that stay of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mentoring.actions import meetings as actions
from mentoring.actions.meetings import LoggedAlready
from mentoring.forms.meetings import LogForm, MeetingNotesForm, RecordForm
from mentoring.models import Meeting, Person, PrivateNote
from mentoring.permissions import PersonRequest
from mentoring.views.find import own_meeting, own_pair, posted, seen


def meeting_log(request: PersonRequest, pk: int) -> HttpResponse:
    meeting, me = own_meeting(request, pk), request.user.person
    partner = meeting.pair.partner_of(me)
    form = LogForm(posted(request), initial={"minutes": meeting.minutes, "topic": meeting.topic})
    if not form.is_bound and not meeting.is_to_log(timezone.now()):
        messages.info(request, _nothing_to_log(meeting))
        return redirect("meeting-detail", meeting.pk)
    if form.is_valid():
        with form.refusals():
            try:
                actions.log(meeting, by=me, report=form.report)
            except LoggedAlready as no:
                return _add_to_log(request, meeting, form, no)
            if not form.report.took_place:
                messages.success(request, "Noted.")
                return redirect("pair-detail", meeting.pair_id)
            messages.success(request, f"Logged. {partner} sees it too.")
            return redirect("meeting-detail", meeting.pk)
    context = {"form": form, "meeting": meeting, "pair": meeting.pair, "partner": partner}
    return render(request, "mentoring/meeting_log.html", context)


def meeting_record(request: PersonRequest, pk: int) -> HttpResponse:
    """A meeting that took place without a plan."""
    pair, me = own_pair(request, pk, from_its_beginning=True), request.user.person
    form = RecordForm(posted(request), person=me, initial={"minutes": pair.meeting_minutes[0]})
    if form.is_valid():
        with form.refusals():
            data = form.cleaned_data
            meeting = actions.log_unplanned(
                pair, by=me, starts_at=data["starts_at"], channel=data["channel"], report=form.report
            )
            messages.success(request, f"Logged. {pair.partner_of(me)} sees it too.")
            return redirect("meeting-detail", meeting.pk)
    context = {"form": form, "pair": pair, "partner": pair.partner_of(me)}
    return render(request, "mentoring/meeting_record.html", context)


def meeting_notes(request: PersonRequest, pk: int) -> HttpResponse:
    meeting, me = own_meeting(request, pk), request.user.person
    if meeting.status != Meeting.Status.HELD:
        messages.info(request, "Notes belong to a meeting that took place.")
        return redirect("meeting-detail", meeting.pk)
    initial = {"shared_notes": meeting.shared_notes, "private_note": _private_note(meeting, me)}
    form = MeetingNotesForm(posted(request), initial=initial)
    if form.is_valid():
        with form.refusals():
            data = form.cleaned_data
            actions.keep_notes(
                meeting, by=me, shared=data["shared_notes"], private=data["private_note"], seen=seen(request)
            )
            messages.success(request, "Saved.")
            return redirect("meeting-detail", meeting.pk)
    return _show_notes(request, meeting, form)


def _add_to_log(request: PersonRequest, meeting: Meeting, form: LogForm, no: LoggedAlready) -> HttpResponse:
    """The partner was quicker: what was typed goes on as notes to add."""
    meeting.refresh_from_db()
    if meeting.status != Meeting.Status.HELD:
        messages.info(request, str(no))
        return redirect("meeting-detail", meeting.pk)
    typed = form.cleaned_data["shared_notes"]
    both = "\n\n".join(words for words in (meeting.shared_notes, typed) if words)
    notes = MeetingNotesForm(initial={"shared_notes": both, "private_note": form.cleaned_data["private_note"]})
    return _show_notes(request, meeting, notes, status=409, refusal=str(no))


def _show_notes(
    request: PersonRequest, meeting: Meeting, form: MeetingNotesForm, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "meeting": meeting,
        "pair": meeting.pair,
        "partner": meeting.pair.partner_of(request.user.person),
        "refusal": refusal,
    }
    return render(request, "mentoring/meeting_notes.html", context, status=status)


def _private_note(meeting: Meeting, me: Person) -> str:
    note = PrivateNote.objects.filter(meeting=meeting, author=me).first()
    return note.text if note else ""


def _nothing_to_log(meeting: Meeting) -> str:
    match meeting.status:
        case Meeting.Status.CANCELLED:
            return "This meeting was cancelled, so there is nothing to log."
        case Meeting.Status.PLANNED:
            return "This meeting is still ahead of you. Log it once it has begun."
    who = meeting.logged_by.name if meeting.logged_by else "Somebody"
    return f"{who} has logged this meeting already. You can add to the notes."
