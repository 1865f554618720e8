"""Surveys: asked at four times of a pair's life, answered in private."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from goals.actions import surveys
from goals.models import Rating, Sheet, Survey
from goals.survey_scales import scales
from mentoring.actions.programme_copies import copy
from mentoring.models import TransitionError
from mentoring.signals import pair_started
from notifications.models import Message
from tests.builders import make_alice, make_bob, make_dana, make_pair, make_programme, make_sheet, make_survey

pytestmark = pytest.mark.django_db


def times_of(survey: Survey) -> list[tuple[str, str]]:
    return list(survey.sheets.order_by("person__name", "due_at").values_list("person__name", "time"))


def test_a_pair_that_starts_gets_its_sheets_at_four_times() -> None:
    programme = make_programme()
    survey = make_survey(programme=programme, asked_of="juniors")
    make_survey(programme=programme, status="draft")
    pair = make_pair(programme=programme)

    for _ in range(2):  # twice does no harm
        pair_started.send(sender=type(pair), pair=pair)

    assert times_of(survey) == [("Alice", time) for time in ("start", "middle", "end", "later")]
    due = dict(survey.sheets.values_list("time", "due_at"))
    assert programme.ends_on <= due["end"].date() <= programme.ends_on + dt.timedelta(days=4)
    assert Sheet.objects.count() == 4


def test_a_survey_that_is_opened_later_is_given_to_running_pairs_without_the_times_that_are_past() -> None:
    today = timezone.localdate()
    programme = make_programme(starts_on=today - dt.timedelta(days=150), ends_on=today + dt.timedelta(days=30))
    make_pair(programme=programme, started_at=timezone.now() - dt.timedelta(days=140))
    survey = make_survey(programme=programme, status="draft", asked_of="seniors")

    surveys.move(survey, Survey.Status.OPEN, by=make_dana())
    while surveys.fill_next(timezone.now()):
        pass

    assert times_of(survey) == [("Bob", "end"), ("Bob", "later")]
    assert not Survey.objects.get().is_filling


def test_each_is_asked_once_and_reminded_once_then_it_lapses() -> None:
    sheet = make_sheet(survey=make_survey(), person=make_alice())
    now = timezone.now()
    Sheet.objects.update(asked=0, remind_at=now, due_at=now)

    for days in (0, 0, 8, 8, 15, 30):
        surveys.ask_due(now + dt.timedelta(days=days))
        surveys.lapse_due(now + dt.timedelta(days=days))

    sheet.refresh_from_db()
    assert (Message.objects.count(), sheet.asked, sheet.status, sheet.remind_at) == (2, 2, "lapsed", None)


def test_nobody_is_asked_by_a_closed_survey_or_after_they_left() -> None:
    survey, now = make_survey(), timezone.now()
    sheet = make_sheet(survey=survey, person=make_alice())
    Sheet.objects.update(asked=0, remind_at=now)
    surveys.move(survey, Survey.Status.CLOSED, by=make_dana())

    assert surveys.ask_due(now) == 0
    surveys.forget([sheet.person])
    sheet.refresh_from_db()
    assert sheet.status == "lapsed"


def test_an_answer_is_its_authors_and_counts_once(client: Client) -> None:
    survey = make_survey(statements=2)
    sheet = make_sheet(survey=survey, person=make_alice())
    fields = [f"statement_{statement.pk}" for statement in survey.statements.all()]
    client.force_login(sheet.person.user)
    assert survey.name in client.get("/").content.decode()

    refused = client.post(f"/surveys/{sheet.pk}/", {fields[0]: "6"})
    assert set(refused.context["form"].errors) == set(fields)
    client.post(f"/surveys/{sheet.pk}/", {fields[0]: "2", fields[1]: "5"})

    sheet.refresh_from_db()
    assert sheet.status == "answered"
    assert list(Rating.objects.order_by("statement").values_list("value", flat=True)) == [2, 5]
    with pytest.raises(TransitionError, match="already"):
        surveys.answer(sheet, by=sheet.person, values={})
    assert "2 of 5" in client.get(f"/surveys/{sheet.pk}/").content.decode()


def test_nobody_answers_for_another_or_half() -> None:
    survey = make_survey(statements=2)
    sheet = make_sheet(survey=survey, person=make_alice())
    first = survey.statements.all()[0]

    with pytest.raises(TransitionError):
        surveys.answer(sheet, by=make_bob(), values={})
    with pytest.raises(ValidationError):
        surveys.answer(sheet, by=sheet.person, values={first.pk: 3})


def test_hr_begins_with_the_seven_statements_and_opens_them(client: Client) -> None:
    programme = make_programme()
    client.force_login(make_dana().user)
    form = client.get(f"/programmes/{programme.pk}/surveys/new/?scale=confidence").context["form"]
    assert len(form.initial["statements"].splitlines()) == len(scales()["confidence"].statements) == 7

    client.post(f"/programmes/{programme.pk}/surveys/new/", form.initial)
    survey = Survey.objects.get()
    client.post(f"/hr/surveys/{survey.pk}/open/")

    survey.refresh_from_db()
    assert (survey.status, survey.asked_of) == ("open", "juniors")
    assert list(survey.statements.filter(is_reversed=True).values_list("number", flat=True)) == [3]
    stays = client.post(f"/hr/surveys/{survey.pk}/edit/", {**form.initial, "name": "Other"})
    assert "stays as it is" in stays.context["form"].non_field_errors()[0]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"), ({"asked_of": "x"}, "asked_of"), ({"statements": " \n "}, "statements"),
        ({"statements": "x" * 201}, "statements"), ({"statements": "\n".join(map(str, range(21)))}, "statements"),
        ({"statements": "(-)"}, "statements"), ({"statements": "One\n(-)"}, "statements"),
        ({"statements": "I dare\ni  dare"}, "statements"), ({"statements": "I dare\n(-) I dare"}, "statements"),
    ],
)  # fmt: skip
def test_a_wrong_survey_is_said_at_its_field(client: Client, changes: dict[str, str], field: str) -> None:
    programme = make_programme()
    client.force_login(make_dana().user)
    data = {"name": "Mine", "asked_of": "juniors", "statements": "One", **changes}

    response = client.post(f"/programmes/{programme.pk}/surveys/new/", data)

    form = response.context["form"]
    assert (list(form.errors), form[field].value()) == ([field], data[field])
    assert not Survey.objects.exists()


def test_a_copied_programme_has_the_surveys_as_drafts() -> None:
    survey = make_survey(statements=3)

    made = copy(survey.programme, by=make_dana()).surveys.get()  # type: ignore[attr-defined]

    assert (made.name, made.status, made.statements.count(), made.sheets.count()) == (survey.name, "draft", 3, 0)
