"""Meetings: planned, accepted, moved, cancelled, logged. The pair is locked first, so they change one at a time."""

import datetime as dt
from dataclasses import asdict, dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from mentoring.actions.base import lock, lock_all, record, record_all, refuse_stale
from mentoring.actions.decision_times import retime
from mentoring.actions.meeting_reminders import schedule, unschedule
from mentoring.actions.notes import keep_on_meeting
from mentoring.models import AuditEntry, Channel, Meeting, MeetingReminder, Pair, Person, TransitionError
from mentoring.notices import meetings as notices
from mentoring.signals import meeting_logged

FURTHEST_AHEAD = dt.timedelta(days=366)
LONGEST_HELD = 480  # minutes
Action, Status = AuditEntry.Action, Meeting.Status


@dataclass(frozen=True, kw_only=True)
class Plan:
    """When, how, where and what about. Times are aware."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    channel: str = Channel.VIDEO
    place: str = ""
    topic: str = ""
    agenda: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What one of the two says of a meeting whose time has come. `private_note` stays theirs alone."""

    took_place: bool
    minutes: int = 0
    because: str = ""
    topic: str = ""
    shared_notes: str = ""
    private_note: str = ""


class LoggedAlready(TransitionError):  # noqa: N818  (a refusal, not an error)
    """The partner was quicker."""

    def __init__(self, by: Person | None) -> None:
        who = by.name if by else "Somebody"
        super().__init__(f"{who} has logged this meeting already. What you wrote is still here: add it below.")


@transaction.atomic
def plan(pair: Pair, *, by: Person, plan: Plan) -> Meeting:
    """A second call with the same plan gives the meeting that the first one made."""
    pair = lock_pair(pair, by)
    _refuse_if_not_active(pair)
    same = pair.meetings.planned().filter(**asdict(plan), planned_by=by).first()
    if same is not None:
        return same
    _refuse_one_too_many(pair)
    refuse_before_first_word(pair, by)
    meeting = Meeting(pair=pair, planned_by=by)
    _set(meeting, plan, timezone.now())
    meeting.save()
    schedule(meeting)
    retime(pair, timezone.now())
    record(Action.MEETING_PLANNED, meeting, by=by, starts_at=plan.starts_at.isoformat())
    notices.planned(meeting, by=by)
    return meeting


@transaction.atomic
def accept(meeting: Meeting, *, by: Person) -> Meeting:
    """The yes of the one who did not plan it. A second yes changes nothing."""
    meeting = _locked(meeting, by)
    if meeting.accepted_at is not None or meeting.planned_by_id == by.pk:
        return meeting
    if not meeting.is_ahead(timezone.now()):
        raise TransitionError(_gone(meeting))
    meeting.accepted_at = timezone.now()
    meeting.save(update_fields=["accepted_at"])
    record(Action.MEETING_ACCEPTED, meeting, by=by)
    notices.accepted(meeting, by=by)
    return meeting


@transaction.atomic
def move(meeting: Meeting, *, by: Person, plan: Plan, seen: int | None = None) -> Meeting:
    """Sets all of the plan anew. `seen` is the meeting's `sequence` as the page knew it."""
    meeting = _locked(meeting, by)
    _refuse_if_not_active(meeting.pair)
    if not meeting.can_become(Status.HELD):
        raise TransitionError(_gone(meeting))
    refuse_stale(meeting.sequence, seen)
    before = _plan_of(meeting)
    if by.pk != meeting.pair.junior_id:
        plan = replace(plan, agenda=before.agenda)  # which the junior sets
    if before == plan:
        return meeting
    _set(meeting, plan, timezone.now())
    meeting.sequence += 1
    if before.starts_at != plan.starts_at or before.ends_at != plan.ends_at:
        meeting.planned_by, meeting.accepted_at = by, None
    meeting.save()
    schedule(meeting)
    retime(meeting.pair, timezone.now())
    record(Action.MEETING_MOVED, meeting, by=by, starts_at=[before.starts_at.isoformat(), plan.starts_at.isoformat()])
    notices.moved(meeting, by=by, before=before.starts_at)
    return meeting


@transaction.atomic
def cancel(meeting: Meeting, *, by: Person, word: str = "") -> Meeting:
    """Takes a planned meeting back; `word` goes to the partner. Who cancelled is kept."""
    meeting = _locked(meeting, by)
    if meeting.status == Status.CANCELLED and meeting.cancelled_by_id == by.pk:
        return meeting
    if not meeting.can_become(Status.CANCELLED):
        raise TransitionError(_gone(meeting))
    if not meeting.is_ahead(timezone.now()):
        raise TransitionError(_gone(meeting))
    _cancel(meeting, by=by)
    retime(meeting.pair, timezone.now())
    notices.cancelled(meeting, by=by, word=word)
    if by == meeting.pair.senior and _cancelled_twice(meeting.pair, by):
        notices.cancelled_twice(meeting, to=by)
    return meeting


def cancel_all_ahead(*pairs: Pair) -> None:
    """Takes every meeting ahead of locked pairs out of both calendars, in nobody's name: they pause or are over.

    Naming somebody here would tell who ended the pair.
    """
    of = {pair.pk: pair for pair in pairs}
    meetings = lock_all(Meeting.objects.ahead(timezone.now()).filter(pair__in=of))
    for meeting in meetings:
        meeting.pair = of[meeting.pair_id]
        meeting.move_to(Status.CANCELLED)
        meeting.cancelled_by = None
        meeting.sequence += 1
    Meeting.objects.bulk_update(meetings, ["status", "cancelled_by", "sequence"])
    MeetingReminder.objects.filter(meeting__in=meetings).delete()
    record_all(Action.MEETING_CANCELLED, [(meeting, None) for meeting in meetings])
    for meeting in meetings:
        notices.taken_out(meeting)


@transaction.atomic
def log(meeting: Meeting, *, by: Person, report: Report) -> Meeting:
    """Says whether a planned meeting took place. Raises LoggedAlready where the partner has said so before."""
    meeting = _locked(meeting, by)
    if meeting.status in (Status.HELD, Status.NOT_HELD):
        if meeting.logged_by_id == by.pk and _says(meeting, report):
            return meeting
        raise LoggedAlready(meeting.logged_by)
    if not meeting.can_become(Status.HELD):
        raise TransitionError(_gone(meeting))
    if meeting.starts_at > timezone.now():
        raise TransitionError("This meeting is still ahead of you. Log it once it has begun.")
    meeting.sequence += 1
    return _close(meeting, by=by, report=report)


@transaction.atomic
def log_unplanned(pair: Pair, *, by: Person, starts_at: dt.datetime, channel: str, report: Report) -> Meeting:
    """Keeps a meeting that took place without having been planned here."""
    pair = lock_pair(pair, by)
    if not pair.has_started and not _may_meet_first(pair):
        raise TransitionError("This pair has not started, so there is no meeting to log.")
    ends_at = starts_at + dt.timedelta(minutes=_checked_minutes(report.minutes))
    _refuse_unlikely(pair, starts_at)
    same = pair.meetings.held().filter(starts_at__lt=ends_at, ends_at__gt=starts_at).first()
    if same is not None and same.logged_by_id == by.pk and same.starts_at == starts_at and _says(same, report):
        return same
    if same is not None:
        raise ValidationError({"starts_at": "A meeting at that time is logged already. Open it to add your notes."})
    _refuse_second_introduction(pair)
    if pair.meetings.to_log(timezone.now()).filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise ValidationError(
            {"starts_at": "You two had planned a meeting for then. Log that one on your pair's page."}
        )
    meeting = Meeting(pair=pair, planned_by=by, starts_at=starts_at, ends_at=ends_at, channel=channel)
    return _close(meeting, by=by, report=report)


@transaction.atomic
def keep_notes(meeting: Meeting, *, by: Person, shared: str, private: str, seen: int | None = None) -> Meeting:
    """What stands there for both, and this person's own. `seen` is the meeting's `sequence` as the page knew it."""
    meeting = _locked(meeting, by)
    if meeting.status != Status.HELD:
        raise TransitionError("Notes belong to a meeting that took place. Log it first.")
    keep_on_meeting(meeting, by=by, text=private)
    if meeting.shared_notes == shared:
        return meeting
    refuse_stale(meeting.sequence, seen)
    meeting.shared_notes = shared
    meeting.sequence += 1
    meeting.save(update_fields=["shared_notes", "sequence"])
    record(Action.MEETING_LOGGED, meeting, by=by, shared_notes="changed")
    return meeting


def lock_pair(pair: Pair, by: Person) -> Pair:
    """The pair as it is now, locked. Raises ValueError for somebody who is not in it."""
    pair.partner_of(by)
    return lock(pair, "programme", "skill", "mentor__user", "mentee__user")


def _locked(meeting: Meeting, by: Person) -> Meeting:
    """The meeting as it is now, locked after its pair."""
    pair = lock_pair(meeting.pair, by)
    meeting = lock(meeting, "logged_by")
    meeting.pair = pair
    return meeting


def _close(meeting: Meeting, *, by: Person, report: Report) -> Meeting:
    if report.took_place:
        meeting.ends_at = meeting.starts_at + dt.timedelta(minutes=_checked_minutes(report.minutes))
        meeting.shared_notes = report.shared_notes
    elif report.because not in Meeting.Because.values:
        raise ValidationError({"because": "Choose what came in between."})
    else:
        meeting.not_held_because = report.because
    meeting.topic = report.topic
    meeting.move_to(Status.HELD if report.took_place else Status.NOT_HELD)
    meeting.logged_by, meeting.logged_at = by, timezone.now()
    meeting.save()
    unschedule(meeting)
    retime(meeting.pair, timezone.now())
    keep_on_meeting(meeting, by=by, text=report.private_note)
    record(Action.MEETING_LOGGED, meeting, by=by, status=meeting.status, minutes=meeting.minutes)
    if report.took_place:
        meeting_logged.send(sender=Meeting, meeting=meeting)
    return meeting


def _cancelled_twice(pair: Pair, by: Person) -> bool:
    """Whether the last two meetings that were not held fell to this person, in a row, as cancelled or logged."""
    last = pair.meetings.exclude(status=Status.PLANNED).order_by("-starts_at", "-pk")[:2]
    return [meeting.fell_to for meeting in last] == [by.pk, by.pk]


def _cancel(meeting: Meeting, *, by: Person | None) -> None:
    meeting.move_to(Status.CANCELLED)
    meeting.cancelled_by = by
    meeting.sequence += 1
    meeting.save()
    unschedule(meeting)
    record(Action.MEETING_CANCELLED, meeting, by=by)


def _set(meeting: Meeting, plan: Plan, now: dt.datetime) -> None:
    """Puts the plan on the meeting, without saving. Raises ValidationError where it cannot be."""
    _refuse_impossible(meeting.pair, plan, now)
    others = meeting.pair.meetings.planned().exclude(pk=meeting.pk)
    if others.filter(starts_at__lt=plan.ends_at, ends_at__gt=plan.starts_at).exists():
        raise ValidationError(
            {"starts_at": "You two have a meeting planned at that time already. Move that one, or choose another time."}
        )
    for name in Plan.__dataclass_fields__:
        setattr(meeting, name, getattr(plan, name))


def _refuse_impossible(pair: Pair, plan: Plan, now: dt.datetime) -> None:
    shortest, longest = pair.meeting_minutes
    if plan.starts_at <= now:
        raise ValidationError({"starts_at": "That time has passed. Choose one that is still to come."})
    if pair.is_beginning and pair.meet_by and plan.starts_at > pair.meet_by:
        raise ValidationError(
            {"starts_at": f"Introductions take place by {_day(pair.meet_by)}. Choose an earlier day."}
        )
    if plan.starts_at > now + FURTHEST_AHEAD:
        raise ValidationError({"starts_at": "That is more than a year ahead. Choose an earlier day."})
    if plan.ends_at <= plan.starts_at:
        raise ValidationError({"ends_at": "The meeting must end after it starts."})
    if not shortest <= (plan.ends_at - plan.starts_at).total_seconds() / 60 <= longest:
        length = f"{shortest} to {longest}" if shortest < longest else str(shortest)
        raise ValidationError({"ends_at": f"Meetings here last {length} minutes."})


def _refuse_if_not_active(pair: Pair) -> None:
    if pair.status == Pair.Status.PAUSED:
        raise TransitionError("Your pair is paused. Take it up again, then plan.")
    if pair.status != Pair.Status.ACTIVE and not _may_meet_first(pair):
        raise TransitionError("Your pair is not active any more, so there is nothing to plan.")


def _may_meet_first(pair: Pair) -> bool:
    """To get to know each other, before the pair starts."""
    return pair.is_beginning and pair.with_introduction


def _refuse_second_introduction(pair: Pair) -> None:
    if pair.is_beginning and pair.meetings.filter(status__in=[Status.PLANNED, Status.HELD]).exists():
        raise TransitionError(
            "The introduction is one meeting. Once your pair has started, you plan as many as you like."
        )


def refuse_before_first_word(pair: Pair, by: Person) -> None:
    """Raises TransitionError where the time of the introduction is the partner's to propose as yet."""
    if pair.first_word_until is not None and pair.waits_for_first_word(by, timezone.now()):
        raise TransitionError(
            f"{pair.partner_of(by)} has the first word on when you meet. If you have heard nothing by "
            f"{_day(pair.first_word_until)}, you can propose a time too."
        )


def _refuse_one_too_many(pair: Pair) -> None:
    _refuse_second_introduction(pair)
    taken = pair.meetings.filter(status__in=[Status.PLANNED, Status.HELD]).count()
    if pair.is_quick and taken >= pair.meetings_planned:
        raise TransitionError(
            "A quick question has two meetings at the most. If you two want to go on, ask for a pair in a programme."
        )


def _refuse_unlikely(pair: Pair, starts_at: dt.datetime) -> None:
    if starts_at > timezone.now():
        raise ValidationError({"starts_at": "That time is still to come. Plan the meeting instead."})
    began = pair.begun_at or pair.started_at
    if began and starts_at < began - dt.timedelta(days=2):
        raise ValidationError({"starts_at": f"Your pair began on {_day(began)}. Choose a later day."})
    if pair.finished_at and starts_at > pair.finished_at:
        raise ValidationError({"starts_at": f"Your pair came to its end on {_day(pair.finished_at)}."})


def _checked_minutes(minutes: int) -> int:
    if not 5 <= minutes <= LONGEST_HELD:
        raise ValidationError({"minutes": f"Say how long it took, from 5 to {LONGEST_HELD} minutes."})
    return minutes


def _says(meeting: Meeting, report: Report) -> bool:
    """Whether the log is what this report says, so that sending it twice does no harm."""
    if report.took_place:
        logged = (meeting.status, meeting.minutes, meeting.topic, meeting.shared_notes)
        return logged == (Status.HELD, report.minutes, report.topic, report.shared_notes)
    return (meeting.status, meeting.not_held_because) == (Status.NOT_HELD, report.because)


def _plan_of(meeting: Meeting) -> Plan:
    return Plan(**{name: getattr(meeting, name) for name in Plan.__dataclass_fields__})


def _gone(meeting: Meeting) -> str:
    if meeting.status == Status.PLANNED:
        return "Its time has come already. Log it, and say whether it took place."
    if meeting.status == Status.CANCELLED:
        return "This meeting was cancelled. Plan a new one if you want to meet."
    return "This meeting was logged already, so its plan no longer changes."


def _day(at: dt.datetime) -> str:
    return date_format(timezone.localtime(at), "j F Y")
