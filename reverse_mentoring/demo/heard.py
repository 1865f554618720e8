"""What the demo company hears of its pairs: a survey asked twice by now, and what leaders changed because of it."""

import datetime as dt
from collections.abc import Sequence
from random import Random

from goals.models import Rating, Sheet, Statement, Survey
from goals.survey_scales import parted, scales
from mentoring.models import Improvement, Pair, Person, Programme, Publication
from reverse_mentoring.demo import toml

ANSWER = {Sheet.Time.START: 0.9, Sheet.Time.MIDDLE: 0.8}
WINDOW = dt.timedelta(days=14)


def write_survey(programme: Programme, pairs: Sequence[Pair], *, now: dt.datetime) -> None:
    """The juniors' confidence, at the start and in the middle: it rose for most. By a lot of its own."""
    scale = scales()["confidence"]
    survey = Survey.objects.create(
        programme=programme, name=scale.name, asked_of=scale.asked_of, status=Survey.Status.OPEN,
        filled_up_to=max((pair.pk for pair in pairs), default=0),
    )  # fmt: skip
    statements = Statement.objects.bulk_create(
        Statement(survey=survey, number=number, text=text, is_reversed=is_reversed)
        for number, (text, is_reversed) in enumerate(parted(scale.statements))
    )
    lot = Random(len(pairs))
    juniors = {pair.junior_id: pair for pair in pairs if pair.status != Pair.Status.ENDED}
    sheets = [sheet for pk, pair in juniors.items() for sheet in _sheets(survey, pk, pair, lot, now)]
    Sheet.objects.bulk_create(sheets, batch_size=1000)
    feeling = {pk: lot.choice((2, 2, 3, 3, 4)) for pk in juniors}
    answered = [sheet for sheet in sheets if sheet.answered_at]
    ratings = (_rating(sheet, each, feeling[sheet.person_id], lot) for sheet in answered for each in statements)
    Rating.objects.bulk_create(ratings, batch_size=2000)


def _sheets(survey: Survey, junior: int, pair: Pair, lot: Random, now: dt.datetime) -> list[Sheet]:
    programme = survey.programme
    middle = (programme.ends_on - programme.starts_on) / 2
    start = pair.started_at or now
    due = {Sheet.Time.START: start, Sheet.Time.MIDDLE: start + middle, Sheet.Time.END: start + 2 * middle}
    return [_sheet(Sheet(survey=survey, person_id=junior, time=time, due_at=at), lot, now) for time, at in due.items()]


def _sheet(sheet: Sheet, lot: Random, now: dt.datetime) -> Sheet:
    sheet.lapses_at = sheet.due_at + WINDOW
    if sheet.due_at > now:
        sheet.remind_at = sheet.due_at
        return sheet
    sheet.asked = 1
    answered = sheet.due_at + dt.timedelta(hours=lot.randint(2, 200))
    if answered < now and lot.random() < ANSWER[Sheet.Time(sheet.time)]:
        sheet.status, sheet.answered_at = Sheet.Status.ANSWERED, answered
    elif sheet.lapses_at < now:
        sheet.status = Sheet.Status.LAPSED
    else:
        sheet.remind_at = now + dt.timedelta(days=2)
    return sheet


def _rating(sheet: Sheet, statement: Statement, feeling: int, lot: Random) -> Rating:
    risen = lot.choice((0, 0, 1, 1, 2)) if sheet.time == Sheet.Time.MIDDLE else 0
    value = max(1, min(5, feeling + risen + lot.choice((-1, 0, 0, 0, 1))))
    return Rating(sheet=sheet, statement=statement, value=6 - value if statement.is_reversed else value)


def write_improvements(seniors: Sequence[Person], *, now: dt.datetime) -> None:
    """One batch is published, and some wait for the next day that HR has set."""
    entries = toml.read("heard")
    authors = iter(seniors)
    out = Publication.objects.create(on=now.date() - dt.timedelta(days=20), published_at=now - dt.timedelta(days=20))
    Publication.objects.create(on=now.date() + dt.timedelta(days=8))
    rows = [(entry, out) for entry in entries["published"]] + [(entry, None) for entry in entries["waiting"]]
    Improvement.objects.bulk_create(
        Improvement(author=author, publication=publication, **entry)
        for author, (entry, publication) in zip(authors, rows, strict=False)
    )
