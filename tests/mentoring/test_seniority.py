import datetime as dt

from mentoring.models import Grade, Person
from mentoring.seniority import junior_of

LONG_AGO, LATELY = dt.date(2010, 1, 1), dt.date(2026, 1, 1)


def person(level: int | None = 3, joined_on: dt.date | None = LONG_AGO) -> Person:
    return Person(grade=None if level is None else Grade(level=level), joined_on=joined_on)


def test_the_lower_grade_is_junior_whatever_the_role_and_the_years() -> None:
    low, high = person(2, LONG_AGO), person(7, LATELY)

    assert (junior_of(low, high), junior_of(high, low)) == (low, low)


def test_of_one_grade_who_joined_later_is_junior() -> None:
    old_hand, newcomer = person(3, LONG_AGO), person(3, LATELY)

    assert (junior_of(old_hand, newcomer), junior_of(newcomer, old_hand)) == (newcomer, newcomer)


def test_in_a_tie_of_both_the_mentor_is_junior() -> None:
    mentor, mentee = person(), person()

    assert junior_of(mentor, mentee) is mentor


def test_what_is_not_known_decides_nothing() -> None:
    assert junior_of(a := person(None, LATELY), person(1, LONG_AGO)) is a
    assert junior_of(person(1, LONG_AGO), b := person(None, LATELY)) is b
    assert junior_of(c := person(3, None), person(3, LATELY)) is c
    assert junior_of(d := person(None, None), person(None, None)) is d
