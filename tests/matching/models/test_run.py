"""One run at a time, and how a run without a worker is noticed."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from matching.models import MatchingRun
from tests.builders import make_alice, make_dana, make_pair, make_programme, make_run, make_suggestion

pytestmark = pytest.mark.django_db
Status = MatchingRun.Status


def test_a_programme_has_one_unfinished_run_at_a_time() -> None:
    programme = make_programme()
    make_run(programme=programme, status=Status.RUNNING)
    make_run(programme=programme, status=Status.DONE)
    make_run(status=Status.QUEUED)

    with pytest.raises(IntegrityError, match="run_one_at_a_time"), transaction.atomic():
        make_run(programme=programme, status=Status.QUEUED)


def test_only_hr_sees_runs() -> None:
    run = make_run()

    assert list(MatchingRun.objects.visible_to(make_dana().user)) == [run]
    assert list(MatchingRun.objects.visible_to(make_alice().user)) == []


def test_an_unfinished_run_that_gave_no_sign_of_life_is_without_a_worker() -> None:
    now = timezone.now()
    silent = make_run(status=Status.RUNNING, heartbeat_at=now - dt.timedelta(minutes=3))
    lost = make_run(status=Status.QUEUED)
    make_run(status=Status.RUNNING, heartbeat_at=now)
    make_run(status=Status.DONE, heartbeat_at=now - dt.timedelta(days=1))

    assert set(MatchingRun.objects.without_a_worker(now - dt.timedelta(minutes=1))) == {silent}
    MatchingRun.objects.filter(pk=lost.pk).update(created_at=now - dt.timedelta(minutes=2))
    assert set(MatchingRun.objects.without_a_worker(now - dt.timedelta(minutes=1))) == {silent, lost}


def test_a_run_was_acted_on_once_hr_approved_something_of_it() -> None:
    run = make_run()
    suggestion = make_suggestion(run=run, programme=run.programme)
    before = run.was_acted_on

    suggestion.pair = make_pair(mentor=suggestion.mentor, mentee=suggestion.mentee, programme=run.programme)
    suggestion.status = "approved"
    suggestion.save()

    assert (before, run.was_acted_on) == (False, True)
