"""Surveys: written by HR, asked at four times of a pair's life, answered in private.

What is due stands in columns; each message is claimed by a conditional update, each answer by the row's lock.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from goals import notices
from goals.models import Rating, Sheet, Statement, Survey
from goals.models.survey import MOST_STATEMENTS
from goals.rhythm import months_after, morning
from goals.survey_scales import parted
from mentoring.actions.base import lock, record
from mentoring.models import AuditEntry, Pair, Person, Programme, TransitionError

Action, Time = AuditEntry.Action, Sheet.Time
BATCH = 200
WINDOW_DAYS, PAUSE_DAYS, MESSAGES = 14, 6, 2
START_DAYS = 14  # a start that is asked for later is none


@transaction.atomic
def write(survey: Survey, *, by: Person, name: str, asked_of: str, statements: Sequence[str]) -> Survey:
    """Saves a draft with its statements. Raises ValidationError at what is wrong, and where it was opened meanwhile."""
    if survey.pk is not None:
        survey = lock(survey)
    if survey.status != Survey.Status.DRAFT:
        raise ValidationError("People are being asked this already, so it stays as it is. Write another survey.")
    survey.name, survey.asked_of = name, asked_of
    rows = [(text, is_reversed) for text, is_reversed in parted(statements) if text]
    if not 1 <= len(rows) <= MOST_STATEMENTS:
        raise ValidationError({"statements": f"Write between one and {MOST_STATEMENTS} statements."})
    survey.full_clean()
    survey.save()
    survey.statements.all().delete()
    Statement.objects.bulk_create(
        Statement(survey=survey, number=n, text=text, is_reversed=is_reversed)
        for n, (text, is_reversed) in enumerate(rows)
    )
    record(Action.SURVEY_WRITTEN, survey, by=by, statements=len(rows))
    return survey


@transaction.atomic
def move(survey: Survey, status: str, *, by: Person) -> Survey:
    """Opens a draft or a closed survey, or closes an open one: then nobody is asked any more."""
    survey = lock(survey)
    survey.move_to(status)
    survey.is_filling, survey.filled_up_to = status == Survey.Status.OPEN, 0
    survey.save()
    record(Action.SURVEY_MOVED, survey, by=by, status=str(status))
    return survey


@transaction.atomic
def copy_all(old: Programme, new: Programme) -> None:
    """As drafts."""
    for survey in old.surveys.prefetch_related("statements"):
        made = Survey.objects.create(programme=new, name=survey.name, asked_of=survey.asked_of)
        Statement.objects.bulk_create(
            Statement(survey=made, number=s.number, text=s.text, is_reversed=s.is_reversed)
            for s in survey.statements.all()
        )


def begin(pair: Pair, now: dt.datetime | None = None) -> None:
    """The sheets of both for every open survey of their programme."""
    if pair.programme is not None:
        _give(Survey.objects.filter(programme=pair.programme, status=Survey.Status.OPEN), [pair], now or timezone.now())


@transaction.atomic
def fill_next(now: dt.datetime) -> bool:
    """Gives the next batch of running pairs the sheets of a survey that was opened later. False where none is left."""
    survey = Survey.objects.filter(is_filling=True).select_related("programme").order_by("pk").first()
    if survey is None:
        return False
    running = Pair.objects.running().filter(programme=survey.programme_id, pk__gt=survey.filled_up_to).with_people()
    pairs = list(running.order_by("pk")[:BATCH])
    _give([survey], pairs, now)
    Survey.objects.filter(pk=survey.pk, filled_up_to=survey.filled_up_to).update(
        filled_up_to=pairs[-1].pk if pairs else survey.filled_up_to, is_filling=len(pairs) == BATCH
    )
    return True


def _give(surveys: Iterable[Survey], pairs: Sequence[Pair], now: dt.datetime) -> None:
    rows = [
        Sheet(survey=survey, person=person, time=time, due_at=due, remind_at=due,
              lapses_at=morning(person, due.date() + dt.timedelta(days=WINDOW_DAYS)))
        for survey in surveys for pair in pairs for person in _asked(survey, pair)
        for time, due in _times(pair, person, now)
    ]  # fmt: skip
    Sheet.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def _asked(survey: Survey, pair: Pair) -> Sequence[Person]:
    if survey.asked_of == Survey.AskedOf.EVERYBODY:
        return pair.people
    junior = pair.mentor if pair.junior_id == pair.mentor_id else pair.mentee
    return [junior if survey.asked_of == Survey.AskedOf.JUNIORS else pair.senior]


def _times(pair: Pair, person: Person, now: dt.datetime) -> list[tuple[str, dt.datetime]]:
    """When this person is asked: the times that are past are left out."""
    programme, today = pair.programme, now.astimezone(person.zone).date()
    assert programme is not None
    begun = (pair.started_at or now).astimezone(person.zone).date()
    days = {
        Time.MIDDLE: programme.starts_on + (programme.ends_on - programme.starts_on) / 2,
        Time.END: programme.ends_on,
        Time.LATER: months_after(programme.ends_on, 6),
    }
    times: list[tuple[str, dt.datetime]] = []
    if today <= begun + dt.timedelta(days=START_DAYS):
        times.append((Time.START, morning(person, today)))
    near = today + dt.timedelta(days=WINDOW_DAYS)  # the middle is not asked for right after the start
    ahead = [(time, day) for time, day in days.items() if day > (near if time == Time.MIDDLE else today)]
    return times + [(time, morning(person, day)) for time, day in ahead]


def ask_due(now: dt.datetime) -> int:
    """Sends the questions and reminders that are due; how many."""
    due = Sheet.objects.message_due(now).select_related("survey__programme", "person__user").order_by("remind_at", "pk")
    return sum(_ask(sheet, now) for sheet in due[:BATCH])


@transaction.atomic
def _ask(sheet: Sheet, now: dt.datetime) -> bool:
    """False where another worker has done it, or the answer came meanwhile."""
    sent, person = sheet.asked, sheet.person
    today = now.astimezone(person.zone).date()
    again = morning(person, today + dt.timedelta(days=PAUSE_DAYS)) if sent + 1 < MESSAGES else None
    changes: dict[str, object] = {"asked": sent + 1, "remind_at": again}
    if not sent:  # who is asked late has the whole time all the same
        sheet.lapses_at = max(sheet.lapses_at, morning(person, today + dt.timedelta(days=WINDOW_DAYS)))
        changes["lapses_at"] = sheet.lapses_at
    if not Sheet.objects.waiting().filter(pk=sheet.pk, asked=sent).update(**changes):
        return False
    notices.survey_asked(sheet, number=sent)
    return True


def lapse_due(now: dt.datetime) -> int:
    """Lets go of those whose time is up; how many."""
    due = Sheet.objects.lapse_due(now).order_by("lapses_at", "pk").values("pk")[:BATCH]
    return Sheet.objects.waiting().filter(pk__in=due).update(status=Sheet.Status.LAPSED, remind_at=None)


def forget(people: Sequence[Person]) -> None:
    """Whoever has left is asked no more."""
    Sheet.objects.waiting().filter(person__in=people).update(status=Sheet.Status.LAPSED, remind_at=None)


@transaction.atomic
def answer(sheet: Sheet, *, by: Person, values: Mapping[int, int], now: dt.datetime | None = None) -> Sheet:
    """`values` maps each statement's key to 1–5. Raises TransitionError where it is not open, or not theirs."""
    now, sheet = now or timezone.now(), lock(sheet, "survey")
    if sheet.person_id != by.pk:
        raise TransitionError("A survey is answered by the person who is asked.")
    if sheet.status == Sheet.Status.ANSWERED:
        raise TransitionError("You have answered this already. Your first answer counts.")
    if sheet.survey.status != Survey.Status.OPEN or not sheet.due_at <= now < sheet.lapses_at:
        raise TransitionError("This is not asked for now.")
    statements = set(sheet.survey.statements.values_list("pk", flat=True))
    if set(values) != statements or not all(1 <= value <= 5 for value in values.values()):
        raise ValidationError("Answer each statement with a number from 1 to 5.")
    sheet.move_to(Sheet.Status.ANSWERED)
    sheet.answered_at, sheet.remind_at = now, None
    sheet.save()
    Rating.objects.bulk_create(Rating(sheet=sheet, statement_id=pk, value=value) for pk, value in values.items())
    return sheet
