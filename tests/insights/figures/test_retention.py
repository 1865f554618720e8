import datetime as dt
from random import Random

import pytest

from insights.figures.retention import Retention, Stratum, alike, compare, retention
from mentoring.models import Enrolment, Person, Programme
from tests.builders import make_enrolment, make_person, make_programme

START = dt.date(2026, 1, 10)
TODAY = dt.date(2026, 6, 1)


def test_one_stratum_gives_the_plain_difference_of_two_shares() -> None:
    found = compare([Stratum(100, 90, 200, 160)])

    assert (found.inside_stayed, found.outside_stayed) == pytest.approx((0.9, 0.8))
    assert found.difference == pytest.approx(0.1)
    assert found.high - found.low == pytest.approx(2 * 1.96 * (0.9 * 0.1 / 100 + 0.8 * 0.2 / 200) ** 0.5, rel=0.05)
    assert found.says == "More stayed than chance alone explains."


def test_a_worked_example_by_hand() -> None:
    """w = 10·20/30 + 5·5/10 = 9 1/6; ΣD = (8·20 - 10·10)/30 + (4·5 - 2·5)/10 = 3; D = 3/(9 1/6)."""
    found = compare([Stratum(10, 8, 20, 10), Stratum(5, 4, 5, 2)])

    assert found.difference == pytest.approx(3 / (55 / 6))
    p = (100 * 10 - 400 * 8 + 200 * 10 / 2) / 900 + (25 * 2 - 25 * 4) / 100
    q = (8 * 10 + 10 * 2) / 60 + (4 * 3 + 2 * 1) / 20
    half = 1.96 * (found.difference * p + q) ** 0.5 / (55 / 6)
    assert (found.low, found.high) == pytest.approx((found.difference - half, found.difference + half))


def test_the_interval_holds_the_truth_nineteen_times_in_twenty() -> None:
    random, hits, rounds = Random(4), 0, 600
    base = [random.uniform(0.6, 0.85) for _ in range(12)]
    for _ in range(rounds):
        strata = []
        for stays in base:
            n, m = random.randint(2, 12), random.randint(5, 40)
            strata.append(
                Stratum(n, sum(random.random() < stays + 0.1 for _ in range(n)),
                        m, sum(random.random() < stays for _ in range(m)))
            )  # fmt: skip
        found = compare(strata)
        hits += found.low <= 0.1 <= found.high
    assert 0.92 < hits / rounds < 0.98


def test_who_finds_nobody_alike_is_compared_along_fewer_things() -> None:
    both, inside, outside = Stratum(2, 2, 3, 1), Stratum(1, 1, 0, 0), Stratum(0, 0, 4, 2)

    strata, alone = alike({(1, 1, 0): both, (2, 1, 0): inside, (2, 2, 0): outside, (3, 1, 0): inside})

    assert strata == [both, inside + outside]
    assert alone == 1


@pytest.fixture
def programme(db: None) -> Programme:
    days = {"enrol_from": dt.date(2025, 12, 1), "enrol_until": dt.date(2026, 1, 3), "ends_on": dt.date(2026, 8, 1)}
    return make_programme(starts_on=START, **days)


def people(number: int, *, left: int = 0, **fields: object) -> list[Person]:
    made = [make_person(level=3, joined_on=dt.date(2020, 1, 1), **fields) for _ in range(number)]
    for person in made[:left]:
        person.left_on = dt.date(2026, 4, 1)
        person.save()
    return made


def enrol(programme: Programme, them: list[Person], day: int) -> None:
    for person in them:
        make_enrolment(person=person, programme=programme)
        Enrolment.objects.filter(person=person).update(enrolled_at=dt.datetime(2026, 1, day, tzinfo=dt.UTC))


def test_people_of_the_programme_stand_beside_those_who_were_in_none(programme: Programme) -> None:
    enrol(programme, people(6, left=1), day=2)
    enrol(programme, people(3), day=20)  # later: then still outside
    enrol(make_programme(), people(5), day=2)  # in another programme: on neither side
    people(7, left=5)
    people(4, kind=Person.Kind.PARTNER, partner_until=TODAY)
    Person.objects.filter(pk=people(1)[0].pk).update(joined_on=dt.date(2026, 2, 1))
    Person.objects.filter(pk=people(1)[0].pk).update(left_on=dt.date(2026, 1, 5))

    found = retention(programme, TODAY)

    assert found.comparison is not None
    assert (found.comparison.inside, found.comparison.outside) == (6, 10)
    assert found.comparison.inside_stayed == pytest.approx(5 / 6)
    assert found.comparison.outside_stayed == pytest.approx(5 / 10)


def test_of_fewer_than_five_nothing_is_told(programme: Programme) -> None:
    enrol(programme, people(4, left=2), day=2)
    people(9, left=4)

    assert retention(programme, TODAY) == Retention(
        START, why_not="There are fewer than 5 similar colleagues to compare with."
    )

    enrol(programme, people(1), day=2)
    assert retention(programme, TODAY).comparison is not None


def test_where_hardly_anybody_left_it_proves_nothing(programme: Programme) -> None:
    enrol(programme, people(6, left=1), day=2)
    people(6, left=3)

    assert retention(programme, TODAY).why_not == "Fewer than 5 of both together have left, which proves nothing."


def test_early_on_it_waits(programme: Programme) -> None:
    assert "90 days" in retention(programme, dt.date(2026, 3, 1)).why_not
