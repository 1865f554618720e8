"""What is published about private answers, end to end: from rows in the database to the page and its file."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from goals.models import CheckIn
from insights.actions.refresh import refresh
from insights.figures.catalog import BY_SLUG
from insights.figures.counts import bins_of
from insights.figures.selection import Selection
from insights.models import Batch, PublishedCell
from mentoring.models import Department, Pair, Programme, Site
from tests.builders import make_check_in, make_dana, make_pair, make_person, make_programme
from tests.insights.history import NOW, make_history

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
JUNE = dt.datetime(2026, 6, 10, tzinfo=dt.UTC)


def published() -> list[tuple[object, ...]]:
    fields = ("batch", "measure", "department", "site", "band", "cohort", "people", "n", "total", "squares")
    return list(PublishedCell.objects.order_by("pk").values_list(*fields))


def answer(pair: Pair, at: dt.datetime, *, number: int, happiness: int) -> CheckIn:
    """The mentor's."""
    return make_check_in(
        pair=pair, person=pair.mentor, number=number, status="answered", answered_at=at, happiness=happiness
    )


def make_pairs(programme: Programme, number: int, department: str = "Sales") -> list[Pair]:
    return [
        make_pair(programme=programme, mentor=make_person(department=department), started_at=NOW - 60 * DAY)
        for _ in range(number)
    ]


def n_of(chosen: Selection, slug: str = "happiness") -> int:
    return sum(each.n for each in bins_of([BY_SLUG[slug]], chosen).get(None, []))


def test_no_two_nested_views_of_a_real_history_differ_by_fewer_than_five_answers() -> None:
    refresh(make_history(seed=3), NOW)
    choices: dict[str, list[Any]] = {
        "department": list(Department.objects.values_list("pk", flat=True)),
        "site": list(Site.objects.values_list("pk", flat=True)),
        "band": [1, 2, 3, 4],
        "since": [dt.date(2026, 3, 1), dt.date(2026, 4, 1)],
    }
    since = (None, dt.date(2026, 4, 1))
    wide = [Selection(department=one, since=month) for one in [None, *choices["department"]] for month in since]

    apart = {
        n_of(view) - n_of(replace(view, **{name: value}))
        for view in wide for name, values in choices.items() if getattr(view, name) is None for value in values
    }  # fmt: skip

    assert len(apart) > 5
    assert not apart & {1, 2, 3, 4}


def test_two_refreshes_a_day_apart_show_the_same_though_somebody_answered_between() -> None:
    programme = make_programme()
    pairs = make_pairs(programme, 6)
    for pair in pairs[:5]:
        answer(pair, NOW - 30 * DAY, number=1, happiness=4)
    refresh(programme, NOW)
    before = published()

    answer(pairs[5], NOW, number=1, happiness=1)
    refresh(programme, NOW + DAY)

    assert before
    assert published() == before


def test_a_month_with_too_few_people_is_published_together_with_the_next() -> None:
    programme = make_programme()
    pairs = make_pairs(programme, 7)
    for pair in pairs[:3]:
        answer(pair, NOW - 30 * DAY, number=1, happiness=2)
    refresh(programme, NOW)
    alone = n_of(Selection())

    for pair in pairs[3:]:
        answer(pair, NOW, number=1, happiness=4)
    refresh(programme, JUNE)

    batches = Batch.objects.filter(family="answers").values_list("month", flat=True)
    assert (alone, n_of(Selection())) == (0, 7)
    assert list(batches) == [dt.date(2026, 5, 1)]


def test_an_answer_that_is_gone_later_changes_nothing_that_was_shown() -> None:
    programme = make_programme()
    for pair in make_pairs(programme, 5):
        answer(pair, NOW - 30 * DAY, number=1, happiness=4)
    refresh(programme, NOW)
    before = published()

    CheckIn.objects.first().delete()  # type: ignore[union-attr]
    refresh(programme, JUNE)

    assert published() == before


def test_a_small_department_shows_nowhere_but_in_the_whole_on_the_page_and_in_the_file() -> None:
    programme = make_programme()
    for pair in [*make_pairs(programme, 7), *make_pairs(programme, 2, "Legal")]:
        answer(pair, NOW - 30 * DAY, number=1, happiness=3)
    refresh(programme, NOW)
    legal, client = Department.objects.get(name="Legal"), Client()
    client.force_login(make_dana().user)

    page = client.get(reverse("programme-figure", args=[programme.pk, "happiness"]))
    small = client.get(reverse("programme-figure", args=[programme.pk, "happiness"]), {"department": legal.pk})
    file = client.get(reverse("programme-figure-file", args=[programme.pk, "happiness", "csv"]))

    by_department = next(part for part in page.context["breakdowns"] if part.dimension == "department")
    assert page.context["value"].whole.n == 9
    assert (by_department.rows, by_department.hidden) == ([], 9)  # two of Legal joined the others
    assert small.context["value"].whole.number is None
    assert "Legal" not in b"".join(file).decode()  # type: ignore[arg-type]


def test_the_database_itself_refuses_a_group_of_four() -> None:
    programme = make_programme()
    batch = Batch.objects.create(programme=programme, family="answers", month=dt.date(2026, 4, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedCell.objects.create(batch=batch, measure="happiness", people=4, n=9, total=20)
