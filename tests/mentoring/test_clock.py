import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from mentoring.clock import ClockError, ago, earliest, in_words, latest, moment, place_of

LONDON = ZoneInfo("Europe/London")
SPRING = dt.date(2026, 3, 29)
AUTUMN = dt.date(2026, 10, 25)


def utc(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=dt.UTC)


def test_time_is_read_in_its_zone_in_winter_and_in_summer():
    assert moment(dt.date(2026, 1, 15), dt.time(9), LONDON) == utc(dt.date(2026, 1, 15), 9)
    assert moment(dt.date(2026, 7, 15), dt.time(9), LONDON) == utc(dt.date(2026, 7, 15), 8)


def test_leap_day_is_a_day_like_any_other():
    assert moment(dt.date(2028, 2, 29), dt.time(10), LONDON) == utc(dt.date(2028, 2, 29), 10)


def test_time_that_the_clocks_skip_is_refused_in_plain_words():
    with pytest.raises(ClockError) as error:
        moment(SPRING, dt.time(1, 30), LONDON)

    assert str(error.value) == (
        "The clocks go forward then: 01:30 on 29 March does not exist in London. Choose a later time."
    )


def test_time_that_comes_twice_is_refused_in_plain_words():
    with pytest.raises(ClockError) as error:
        moment(AUTUMN, dt.time(1, 30), LONDON)

    assert str(error.value) == (
        "The clocks go back then: 01:30 on 25 October comes twice in London. Choose another time."
    )


def test_times_on_either_side_of_a_change_are_taken():
    assert moment(SPRING, dt.time(0, 59), LONDON) == utc(SPRING, 0, 59)
    assert moment(SPRING, dt.time(2), LONDON) == utc(SPRING, 1)
    assert moment(AUTUMN, dt.time(0, 59), LONDON) == utc(dt.date(2026, 10, 24), 23, 59)
    assert moment(AUTUMN, dt.time(2), LONDON) == utc(AUTUMN, 2)


def test_fold_that_somebody_set_makes_no_difference():
    with pytest.raises(ClockError):
        moment(AUTUMN, dt.time(1, 30, fold=1), LONDON)


def test_skipped_time_has_come_first_before_the_change_and_last_after_it():
    assert earliest(SPRING, dt.time(1, 30), LONDON) == utc(SPRING, 0, 30)
    assert latest(SPRING, dt.time(1, 30), LONDON) == utc(SPRING, 1, 30)


def test_repeated_time_comes_first_in_summer_time_and_last_in_winter_time():
    assert earliest(AUTUMN, dt.time(1, 30), LONDON) == utc(AUTUMN, 0, 30)
    assert latest(AUTUMN, dt.time(1, 30), LONDON) == utc(AUTUMN, 1, 30)


@pytest.mark.parametrize(
    ("key", "place"), [("America/New_York", "New York"), ("America/Argentina/Ushuaia", "Ushuaia"), ("UTC", "UTC")]
)
def test_place_of_a_zone_is_what_people_call_it(key, place):
    assert place_of(ZoneInfo(key)) == place


def test_moment_in_words_is_what_the_clocks_there_show():
    assert in_words(utc(dt.date(2026, 6, 2), 23, 5), ZoneInfo("Asia/Tokyo")) == "Wednesday 3 June, 08:05"


def test_what_is_less_than_a_minute_old_was_just_now():
    now = utc(SPRING, 9)

    assert [ago(now - dt.timedelta(seconds=seconds), now) for seconds in (0, 59)] == ["just now", "just now"]
    assert ago(now - dt.timedelta(minutes=1), now).split() == ["1", "minute", "ago"]
