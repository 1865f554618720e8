import datetime as dt

import pytest

from goals.rhythm import Due, Rhythm, after_meeting, due, lapse, morning, reminder
from mentoring.models import Person

UTC = dt.UTC


def person(**fields: object) -> Person:
    defaults = {"time_zone": "Europe/London", "work_starts": dt.time(9), "work_ends": dt.time(17)}
    return Person(**{**defaults, **fields})  # type: ignore[arg-type]


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=UTC)


YEAR = Rhythm(every_days=30, ends_on=dt.date(2026, 12, 31))


def test_first_is_due_after_one_round_on_the_persons_morning() -> None:
    moment = due(YEAR, person(), at("2026-01-05 16:45"))  # a Monday

    assert moment == Due(at("2026-02-04 09:00"))


def test_due_moves_off_days_that_are_no_working_days() -> None:
    moment = due(Rhythm(26, dt.date(2026, 12, 31)), person(), at("2026-01-05 12:00"))  # 31 January is a Saturday

    assert moment == Due(at("2026-02-02 09:00"))


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        ("2026-03-04 10:00", "2026-04-03 08:00"),  # London's clocks go forward on 29 March: nine is eight in UTC
        ("2026-10-05 10:00", "2026-11-04 09:00"),  # and back on 25 October
    ],
)
def test_due_stays_at_nine_when_the_clocks_change(started: str, expected: str) -> None:
    assert due(YEAR, person(), at(started)) == Due(at(expected))


def test_due_counts_the_leap_day() -> None:
    moment = due(Rhythm(14, dt.date(2028, 12, 31)), person(), at("2028-02-15 10:00"))

    assert moment == Due(at("2028-02-29 09:00"))


def test_next_keeps_to_the_rhythm_however_early_or_late_the_answer_came() -> None:
    after = at("2026-02-04 09:00")

    assert due(YEAR, person(), at("2026-02-04 09:10"), after=after) == Due(at("2026-03-06 09:00"))
    assert due(YEAR, person(), at("2026-02-14 09:10"), after=after) == Due(at("2026-03-06 09:00"))


def test_next_leaves_half_a_round_after_a_very_late_one() -> None:
    assert due(YEAR, person(), at("2026-05-04 09:00"), after=at("2026-02-04 09:00")) == Due(at("2026-05-19 08:00"))


def test_next_follows_a_person_who_moved_to_another_time_zone() -> None:
    moved = person(time_zone="Asia/Tokyo")

    assert due(YEAR, moved, at("2026-02-04 09:10"), after=at("2026-02-04 09:00")) == Due(at("2026-03-06 00:00"))


def test_one_that_would_come_shortly_before_the_end_waits_for_the_end() -> None:
    before = at("2026-11-24 09:00")

    assert due(YEAR, person(), at("2026-11-24 10:00"), after=before) == Due(at("2026-12-31 09:00"), "end")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("2026-12-31 09:00", "2027-06-30 08:00"),
        ("2026-08-31 08:00", "2027-03-01 09:00"),  # the last of February is a Sunday
    ],
)
def test_the_one_at_the_end_is_followed_by_one_six_months_later_and_then_by_none(before: str, expected: str) -> None:
    later = due(YEAR, person(), at(before), after=at(before), last="end")

    assert later == Due(at(expected), "later")
    assert later is not None
    assert due(YEAR, person(), later.at, after=later.at, last="later") is None


def test_one_near_the_middle_waits_for_the_middle_and_comes_once() -> None:
    half = Rhythm(30, dt.date(2026, 6, 30), middle=dt.date(2026, 4, 1))
    march, april = at("2026-03-06 09:00"), at("2026-04-01 08:00")

    assert due(half, person(), march, after=march) == Due(april, "middle")
    assert due(half, person(), april, after=april, last="middle") == Due(at("2026-05-01 08:00"))


def test_none_is_scheduled_long_after_the_end() -> None:
    assert due(YEAR, person(), at("2027-02-01 10:00"), after=at("2026-11-24 09:00")) is None
    assert due(YEAR, person(), at("2027-02-01 10:00")) is None


def test_after_meeting_is_the_next_working_day() -> None:
    friday = at("2026-03-27 15:00")

    assert after_meeting(person(), friday, friday) == at("2026-03-30 08:00")  # after the change of the clocks


def test_after_meeting_that_was_logged_late_is_the_next_working_hour() -> None:
    assert after_meeting(person(), at("2026-01-05 15:00"), at("2026-02-07 12:00")) == at("2026-02-09 09:00")
    assert after_meeting(person(), at("2026-01-05 15:00"), at("2026-02-09 12:00")) == at("2026-02-09 12:00")


def test_two_reminders_come_before_it_lapses() -> None:
    asked = at("2026-02-04 09:00")  # a Wednesday

    first = reminder(YEAR, person(), asked, sent=1)
    assert first == at("2026-02-09 09:00")
    second = reminder(YEAR, person(), first, sent=2)
    assert second == at("2026-02-12 09:00")
    assert reminder(YEAR, person(), second, sent=3) is None
    assert lapse(YEAR, person(), asked) == at("2026-02-16 09:00")


def test_a_quick_rhythm_lapses_before_the_next_is_due() -> None:
    weekly = Rhythm(7, dt.date(2026, 12, 31))

    assert (weekly.window_days, weekly.pause_days) == (6, 2)


def test_morning_of_a_night_worker_is_the_start_of_their_hours() -> None:
    late = person(work_starts=dt.time(14), work_ends=dt.time(22), working_days=[6, 7])

    assert morning(late, dt.date(2026, 2, 2)) == at("2026-02-07 14:00")
