import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from mentoring.meeting_times import NOTICE, WEEKS, Diary, common_hours, suggest

WEEKDAYS = frozenset({1, 2, 3, 4, 5})
ZONES = [
    "UTC", "Europe/London", "Europe/Berlin", "America/New_York", "America/St_Johns", "Asia/Kolkata", "Asia/Kathmandu",
    "Asia/Tokyo", "Australia/Lord_Howe", "Pacific/Chatham", "America/Santiago", "Africa/Casablanca",
]  # fmt: skip


def make_diary(*, zone: str = "Europe/London", starts: int = 9, ends: int = 17, **fields) -> Diary:
    return Diary(
        zone=ZoneInfo(zone), starts=dt.time(starts), ends=dt.time(ends), **{"days": WEEKDAYS, **fields}
    )  # fmt: skip


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


def local(starts: list[dt.datetime], zone: str) -> list[str]:
    return [f"{start.astimezone(ZoneInfo(zone)):%a %d %H:%M}" for start in starts]


MONDAY = utc(2026, 6, 1, 8)

clocks = st.builds(dt.time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
spans = st.tuples(st.integers(0, 60 * 24 * 22), st.integers(15, 600))


@st.composite
def diaries(draw, now: dt.datetime) -> Diary:
    starts, ends = sorted(draw(st.lists(clocks, min_size=2, max_size=2, unique=True)))
    busy = [
        (now + dt.timedelta(minutes=offset), now + dt.timedelta(minutes=offset + length))
        for offset, length in draw(st.lists(spans, max_size=5))
    ]
    return Diary(
        zone=ZoneInfo(draw(st.sampled_from(ZONES))),
        starts=starts,
        ends=ends,
        days=frozenset(draw(st.sets(st.integers(1, 7), min_size=1))),
        busy=tuple(busy),
        minutes_a_month=draw(st.none() | st.integers(0, 300)),
    )


@st.composite
def cases(draw) -> tuple[dt.datetime, Diary, Diary, int]:
    """From the weeks around the changes of the clocks and leap days more often than from others."""
    near = draw(
        st.sampled_from(
            [utc(2026, 3, 29), utc(2026, 10, 25), utc(2027, 3, 14), utc(2027, 11, 7), utc(2028, 2, 29), utc(2027, 1, 1)]
        )
    )
    now = near - dt.timedelta(minutes=draw(st.integers(0, 60 * 24 * 21)))
    return now, draw(diaries(now)), draw(diaries(now)), draw(st.sampled_from([30, 45, 60, 90]))


def works_through(diary: Diary, start: dt.datetime, end: dt.datetime) -> bool:
    """Judged by wall clocks alone, minute by minute."""
    minutes = range(int((end - start).total_seconds() // 60) + 1)
    shown = [(start + dt.timedelta(minutes=n)).astimezone(diary.zone) for n in minutes]
    return all(at.isoweekday() in diary.days and diary.starts <= at.time() <= diary.ends for at in shown)


@given(cases())
@example(
    (
        utc(2026, 3, 20),
        make_diary(starts=0, ends=5, days=frozenset({7})),
        make_diary(starts=0, ends=5, days=frozenset({7})),
        60,
    )
)
@example(
    (
        utc(2026, 10, 16),
        make_diary(starts=0, ends=5, days=frozenset({7})),
        make_diary(starts=0, ends=5, days=frozenset({7})),
        60,
    )
)
def test_every_suggestion_suits_both(case):
    now, mine, theirs, minutes = case

    starts = suggest(mine, theirs, now=now, minutes=minutes)

    length = dt.timedelta(minutes=minutes)
    assert starts == sorted(set(starts))
    assert len(starts) <= 6
    for start in starts:
        assert now + NOTICE <= start < now + dt.timedelta(weeks=WEEKS)
        assert start.astimezone(mine.zone).minute in (0, 30)
        for diary in (mine, theirs):
            assert works_through(diary, start, start + length)
            assert all(start + length <= since or until <= start for since, until in diary.busy)


@given(cases())
def test_suggestions_are_the_same_each_time_and_do_not_overlap(case):
    now, mine, theirs, minutes = case

    starts = suggest(mine, theirs, now=now, minutes=minutes)

    assert starts == suggest(mine, theirs, now=now, minutes=minutes)
    assert all(b - a >= dt.timedelta(minutes=minutes) for a, b in pairwise(starts))


@given(cases())
def test_nobody_gives_more_than_their_hours_a_month(case):
    now, mine, theirs, minutes = case

    for start in suggest(mine, theirs, now=now, minutes=minutes):
        for diary in (mine, theirs):
            month = start.astimezone(diary.zone).strftime("%Y-%m")
            spent = sum(
                (until - since).total_seconds() / 60
                for since, until in diary.busy
                if since.astimezone(diary.zone).strftime("%Y-%m") == month
            )
            assert diary.minutes_a_month is None or spent + minutes <= diary.minutes_a_month


def test_two_suggestions_a_week_on_different_days_and_halves_of_the_day():
    starts = suggest(make_diary(), make_diary(), now=MONDAY, minutes=45)

    assert local(starts, "Europe/London") == [
        "Tue 02 09:30", "Wed 03 13:00", "Mon 08 09:30", "Tue 09 13:00", "Mon 15 09:30", "Tue 16 13:00",
    ]  # fmt: skip


def test_times_suit_working_hours_an_ocean_apart():
    new_york = make_diary(zone="America/New_York")

    starts = suggest(make_diary(ends=18), new_york, now=MONDAY, minutes=45, count=3)

    assert local(starts, "Europe/London") == ["Tue 02 14:30", "Mon 08 14:30", "Mon 15 14:30"]
    assert local(starts, "America/New_York") == ["Tue 02 09:30", "Mon 08 09:30", "Mon 15 09:30"]


def test_nothing_is_offered_where_nobody_works_at_the_same_time():
    assert suggest(make_diary(), make_diary(zone="Pacific/Auckland"), now=MONDAY, minutes=45) == []


def test_working_days_of_both_are_kept():
    friday_only = make_diary(days=frozenset({5}))

    starts = suggest(make_diary(), friday_only, now=MONDAY, minutes=45)

    assert {start.isoweekday() for start in starts} == {5}


def test_nobody_is_asked_for_today():
    starts = suggest(make_diary(), make_diary(), now=utc(2026, 6, 1, 0), minutes=45)

    assert local(starts, "Europe/London")[0] == "Tue 02 09:30"


def test_week_between_the_changes_of_two_countries_shifts_their_common_hours():
    # The United States change on 8 March 2026, Britain on the 29th: for three weeks the distance is four hours.
    london, new_york = make_diary(), make_diary(zone="America/New_York")

    hours = [common_hours(london, new_york, dt.date(2026, 3, day)) for day in (6, 9, 27, 30)]

    assert [[f"{s:%H:%M}-{u:%H:%M}" for s, u in day] for day in hours] == [
        ["14:00-17:00"], ["13:00-17:00"], ["13:00-17:00"], ["13:00-16:00"],
    ]  # fmt: skip


def test_day_on_which_the_clocks_skip_the_start_of_work_begins_after_the_change():
    early_bird = make_diary(starts=1, ends=5, days=frozenset({7}))

    assert early_bird.working_span(dt.date(2026, 3, 29)) == (utc(2026, 3, 29, 1), utc(2026, 3, 29, 4))


def test_day_on_which_the_whole_of_work_is_skipped_has_no_hours():
    night_owl = Diary(zone=ZoneInfo("Europe/London"), starts=dt.time(1, 10), ends=dt.time(1, 50), days=frozenset({7}))

    assert night_owl.working_span(dt.date(2026, 3, 29)) is None


def test_leap_day_is_offered():
    starts = suggest(make_diary(), make_diary(), now=utc(2028, 2, 28, 8), minutes=45)

    assert local(starts, "Europe/London")[0] == "Tue 29 09:30"


def test_busy_morning_moves_the_suggestion_to_the_afternoon():
    taken = (utc(2026, 6, 2, 8), utc(2026, 6, 2, 12))
    tuesday = frozenset({2})

    starts = suggest(make_diary(days=tuesday, busy=(taken,)), make_diary(), now=MONDAY, minutes=45, count=3)

    assert local(starts, "Europe/London")[0] == "Tue 02 13:00"


def test_month_that_is_spent_is_left_out():
    spent = (utc(2026, 6, 1, 9), utc(2026, 6, 1, 10))

    starts = suggest(make_diary(busy=(spent,), minutes_a_month=90), make_diary(), now=utc(2026, 6, 15, 8), minutes=45)

    assert {start.month for start in starts} == {7}
