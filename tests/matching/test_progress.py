"""A run's signs of life."""

import pytest
from django.utils import timezone

from matching.models import MatchingRun
from matching.progress import PHASES, Cancelled, Progress, Superseded
from tests.builders import make_run

pytestmark = pytest.mark.django_db


def running(**fields: object) -> MatchingRun:
    return make_run(status=MatchingRun.Status.RUNNING, attempt=1, **fields)


def test_each_sign_tells_phase_percentage_and_time() -> None:
    run, before = running(), timezone.now()

    Progress(run)("Finding the best plan", 42.7)

    run.refresh_from_db()
    assert (run.phase, run.percent) == ("Finding the best plan", 42)
    assert run.heartbeat_at is not None
    assert run.heartbeat_at >= before


def test_the_engines_phases_go_forward_and_end_below_a_hundred() -> None:
    run, seen = running(), []
    progress = Progress(run)

    for phase in PHASES:
        for fraction in (0.0, 1.0):
            progress._told_at = 0.0
            progress.of_engine(phase, fraction)
            run.refresh_from_db()
            seen.append(run.percent)

    assert seen == sorted(seen)
    assert 0 < seen[0] < seen[-1] < 100


def test_signs_that_follow_closely_within_a_phase_are_not_written() -> None:
    run = running()
    progress = Progress(run)

    progress("Finding the best plan", 10)
    progress("Finding the best plan", 20)

    run.refresh_from_db()
    assert run.percent == 10


def test_a_run_that_hr_cancelled_is_no_longer_worked_on() -> None:
    with pytest.raises(Cancelled):
        Progress(running(cancel_asked=True))("Reading", 1)


@pytest.mark.parametrize("changes", [{"attempt": 2}, {"status": MatchingRun.Status.FAILED}])
def test_a_run_that_is_anothers_by_now_is_no_longer_worked_on(changes: dict[str, object]) -> None:
    run = running()
    MatchingRun.objects.update(**changes)

    with pytest.raises(Superseded):
        Progress(run)("Reading", 1)
