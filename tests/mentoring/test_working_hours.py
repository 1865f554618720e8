import datetime as dt

import pytest

from mentoring.working_hours import next_working_time, working_day_before, works_at
from tests.builders import make_alice

pytestmark = pytest.mark.django_db


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (utc(2026, 6, 3, 10), utc(2026, 6, 3, 10)),  # Wednesday, at work
        (utc(2026, 6, 3, 3), utc(2026, 6, 3, 8)),  # before work
        (utc(2026, 6, 3, 20), utc(2026, 6, 4, 8)),  # after work
        (utc(2026, 6, 5, 20), utc(2026, 6, 8, 8)),  # Friday evening
        (utc(2026, 3, 27, 20), utc(2026, 3, 30, 8)),  # over the weekend on which the clocks go forward
        (utc(2026, 10, 23, 20), utc(2026, 10, 26, 9)),  # and back
        (utc(2028, 2, 28, 20), utc(2028, 2, 29, 9)),  # leap day
    ],
)
def test_next_working_time_is_on_the_persons_own_clock(at: dt.datetime, expected: dt.datetime) -> None:
    assert next_working_time(make_alice(time_zone="Europe/London"), at) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (utc(2026, 6, 4, 13), utc(2026, 6, 3, 8)),  # Thursday
        (utc(2026, 6, 8, 13), utc(2026, 6, 5, 8)),  # Monday
        (utc(2026, 3, 30, 13), utc(2026, 3, 27, 9)),  # Monday after the clocks went forward
        (utc(2028, 3, 1, 13), utc(2028, 2, 29, 9)),  # the day after leap day
    ],
)
def test_working_day_before_is_the_last_one_before_that_day(at: dt.datetime, expected: dt.datetime) -> None:
    assert working_day_before(make_alice(time_zone="Europe/London"), at) == expected


def test_day_is_the_one_on_the_persons_own_calendar() -> None:
    tokyo = make_alice(time_zone="Asia/Tokyo")

    assert working_day_before(tokyo, utc(2026, 6, 3, 16)) == utc(2026, 6, 3, 0)  # Thursday 01:00 there


@pytest.mark.parametrize(
    ("at", "works"),
    [
        (utc(2026, 6, 3, 8), True),
        (utc(2026, 6, 3, 7, 59), False),
        (utc(2026, 6, 3, 16, 30), True),
        (utc(2026, 6, 3, 16, 31), False),
        (utc(2026, 6, 6, 10), False),
    ],
)
def test_works_at_knows_hours_and_days(at: dt.datetime, works: bool) -> None:
    assert works_at(make_alice(time_zone="Europe/London"), at) == works


def test_person_without_working_days_works_from_monday_to_friday() -> None:
    alice = make_alice(time_zone="Europe/London", working_days=[])

    assert works_at(alice, utc(2026, 6, 3, 10))
    assert working_day_before(alice, utc(2026, 6, 8, 13)) == utc(2026, 6, 5, 8)
