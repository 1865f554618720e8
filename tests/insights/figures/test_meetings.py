import datetime as dt

import pytest

from insights.figures import meeting_pace
from mentoring.models import Pair
from tests.builders import make_meeting, make_pair, make_person, make_programme

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)


def test_pace_is_meetings_held_for_each_month_that_pairs_ran() -> None:
    programme = make_programme()
    first = make_pair(programme=programme, started_at=NOW - dt.timedelta(days=60.875))
    second = make_pair(
        programme=programme, mentor=make_person(level=1), mentee=make_person(level=6), status=Pair.Status.ENDED,
        started_at=NOW - dt.timedelta(days=60.875), finished_at=NOW - dt.timedelta(days=30.4375),
    )  # fmt: skip
    for pair, days in ((first, 50), (first, 20), (second, 40)):
        make_meeting(pair=pair, starts_at=NOW - dt.timedelta(days=days), status="held")
    make_meeting(pair=first, starts_at=NOW - dt.timedelta(days=10), status="cancelled")
    make_meeting(pair=first, starts_at=NOW + dt.timedelta(days=3))

    pace = meeting_pace(programme, NOW)

    assert (pace.meetings, pace.pairs, pace.planned) == (3, 2, 1)
    assert pace.pair_months == pytest.approx(3.0)
    assert pace.rate == pytest.approx(1.0)


def test_pace_by_month_adds_up_to_the_whole() -> None:
    programme = make_programme()
    pair = make_pair(programme=programme, started_at=NOW - dt.timedelta(days=75))
    for days in (70, 45, 30, 2):
        make_meeting(pair=pair, starts_at=NOW - dt.timedelta(days=days), status="held")

    pace = meeting_pace(programme, NOW)

    assert [month.start for month in pace.months] == [dt.date(2026, m, 1) for m in (2, 3, 4, 5)]
    assert sum(month.meetings for month in pace.months) == 4
    assert sum(month.pair_months for month in pace.months) == pytest.approx(pace.pair_months)


def test_pace_leaves_out_pairs_that_never_started() -> None:
    programme = make_programme()
    make_pair(programme=programme, status="asking_junior")

    pace = meeting_pace(programme, NOW)

    assert (pace.pairs, pace.rate, pace.months) == (0, None, [])
