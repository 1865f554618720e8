"""What surveys show: paired change with n and interval, and nothing of fewer than five."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from scipy import stats

from goals.models import Survey
from insights.figures.surveys import paired_change, survey_results
from mentoring.models import Person
from tests.builders import make_dana, make_person, make_sheet, make_survey

values = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=5, max_size=40)


def answered(survey: Survey, person: Person, **times: int) -> None:
    for time, value in times.items():
        make_sheet(survey=survey, person=person, time=time, values=[value])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pairs=values)
def test_the_interval_is_that_of_scipys_paired_t(pairs: list[tuple[int, int]]) -> None:
    before, after = [a for a, _ in pairs], [b for _, b in pairs]
    change = paired_change(before, after)
    assert change is not None
    assert (change.n, change.mean) == (len(pairs), pytest.approx((sum(after) - sum(before)) / len(pairs)))
    if len({b - a for a, b in pairs}) > 1:
        wanted = stats.ttest_rel(after, before).confidence_interval(0.95)
        assert (change.low, change.high) == pytest.approx((wanted.low, wanted.high))
    else:
        assert change.low == change.high == change.mean


def test_a_worked_example() -> None:
    """d = 1, 1, 2, 0, 1: mean 1, s = √0.5, t(0.975; 4) = 2.776: 1 ± 0.878."""
    change = paired_change([2, 2, 2, 3, 3], [3, 3, 4, 3, 4])

    assert change is not None
    assert (change.mean, round(change.low, 3), round(change.high, 3)) == (1, 0.122, 1.878)
    assert change.says == "It rose by more than chance explains."


def test_of_fewer_than_five_there_is_nothing() -> None:
    assert paired_change([1, 2, 3, 4], [5, 5, 5, 5]) is None


@pytest.mark.django_db
def test_answers_count_in_fives_so_that_two_looks_give_nobody_away() -> None:
    survey = make_survey()
    seen = []
    for n in range(11):
        answered(survey, make_person(), start=1 + n % 5, end=5)
        results = survey_results(survey)
        change = dict(results.changes)["At the end"]
        seen.append((results.standings[0].n, change.n if change else 0, results.statements[0][1][0] is not None))

    assert seen == [(0, 0, False)] * 4 + [(5, 5, True)] * 5 + [(10, 10, True)] * 2


@pytest.mark.django_db
def test_only_those_who_answered_both_times_are_compared_and_reversed_statements_turned() -> None:
    survey = make_survey()
    survey.statements.update(is_reversed=True)
    for _ in range(5):
        answered(survey, make_person(), start=5, end=2)
    for _ in range(5):
        answered(survey, make_person(), start=1)

    results = survey_results(survey)

    change = dict(results.changes)["At the end"]
    assert change is not None
    assert (change.n, change.before, change.after, change.mean) == (5, 1, 4, 3)
    assert (results.standings[0].n, results.standings[0].mean) == (10, 3)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 6])
def test_the_page_asks_the_same_few_questions_and_shows_nothing_of_one(
    client: Client, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    survey = make_survey()
    for _ in range(number):
        answered(survey, make_person(), start=2, end=4)
    client.force_login(make_dana().user)

    with django_assert_max_num_queries(8):
        page = client.get(f"/hr/surveys/{survey.pk}/").content.decode()

    assert ("+2.00" in page) == (number >= 5)
    assert "Fewer than 5 people answered both times" in page


@pytest.mark.django_db
def test_the_file_holds_what_the_page_shows_of_five_and_nothing_of_four(client: Client) -> None:
    survey = make_survey()
    client.force_login(make_dana().user)
    for _ in range(4):
        answered(survey, make_person(), start=2, end=4)
    assert len(lines(client, survey)) == 1

    answered(survey, make_person(), start=2, end=4)

    assert lines(client, survey)[1:] == [
        "Mean,At the start,5,2.0,,,,", "Mean,At the end,5,4.0,,,,",
        "Change from the start,At the end,5,2.0,2.0,4.0,2.0,2.0",
        "Statement 0,At the start,5,2.0,,,,", "Statement 0,At the end,5,4.0,,,,",
    ]  # fmt: skip


def lines(client: Client, survey: Survey) -> list[str]:
    answer = client.get(f"/hr/surveys/{survey.pk}.csv")
    return b"".join(answer).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]
