import datetime as dt

import pytest

from mentoring.diaries import diary_of, suggested_times
from mentoring.models import Pair
from tests.builders import make_alice, make_bob, make_charlie, make_meeting, make_pair, make_programme

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 1, 11, 8, tzinfo=dt.UTC)  # a Monday


def shown(pair: Pair) -> list[str]:
    times = suggested_times(pair, pair.mentor, now=NOW)
    return [f"{start.astimezone(pair.mentor.zone):%a %d %H:%M}" for start in times]


def test_diary_is_read_from_the_profile() -> None:
    alice = make_alice(time_zone="Asia/Tokyo", working_days=[2, 3], hours_a_month=3, work_starts=dt.time(8))

    diary = diary_of(alice)

    assert (str(diary.zone), diary.starts, diary.days, diary.minutes_a_month) == (
        "Asia/Tokyo", dt.time(8), frozenset({2, 3}), 180,
    )  # fmt: skip


def test_times_suit_the_working_days_of_both() -> None:
    pair = make_pair(mentor=make_alice(working_days=[2, 4]), mentee=make_bob(working_days=[3, 4]))

    assert {time[:3] for time in shown(pair)} == {"Thu"}


def test_meetings_with_others_are_in_the_way_too() -> None:
    pair = make_pair(mentor=make_alice(working_days=[2], hours_a_month=40))
    before = shown(pair)[0]
    elsewhere = make_pair(mentor=make_charlie(), mentee=pair.mentor)
    make_meeting(pair=elsewhere, starts_at=dt.datetime(2027, 1, 12, 9, 30, tzinfo=dt.UTC), minutes=60)

    assert (before, shown(pair)[0]) == ("Tue 12 09:30", "Tue 12 10:30")


def test_cancelled_meetings_are_in_nobodys_way() -> None:
    pair = make_pair(mentor=make_alice(working_days=[2], hours_a_month=40))
    make_meeting(pair=pair, starts_at=dt.datetime(2027, 1, 12, 9, 30, tzinfo=dt.UTC), status="cancelled")

    assert shown(pair)[0] == "Tue 12 09:30"


def test_hours_a_month_that_are_spent_are_not_asked_for() -> None:
    pair = make_pair(mentor=make_alice(hours_a_month=1))
    make_meeting(pair=pair, starts_at=dt.datetime(2027, 1, 5, 9, 30, tzinfo=dt.UTC), minutes=45, status="held")

    assert shown(pair) == []


def test_programme_sets_the_length() -> None:
    programme = make_programme(meeting_minutes_from=240, meeting_minutes_to=240)
    pair = make_pair(programme=programme, mentor=make_alice(hours_a_month=40), mentee=make_bob(hours_a_month=3))

    assert shown(pair) == []


def test_one_question_to_the_database(django_assert_num_queries: object) -> None:
    pair = make_pair()
    for day in (5, 6, 7):
        make_meeting(pair=pair, starts_at=dt.datetime(2027, 1, day, 9, tzinfo=dt.UTC))
        with django_assert_num_queries(1):  # type: ignore[operator]
            shown(pair)
