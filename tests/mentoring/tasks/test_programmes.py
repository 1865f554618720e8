import datetime as dt

import pytest
from django.utils import timezone

from mentoring.models import Pair, Programme
from mentoring.tasks.programmes import announce, look_after_invitations
from notifications.models import Message
from reverse_mentoring.celery import app
from tests.builders import make_alice, make_pair, make_programme

pytestmark = pytest.mark.django_db


def test_announce_tells_until_nobody_is_left() -> None:
    make_alice()
    make_programme(announcing=True)

    announce()
    announce()

    assert Message.objects.count() == 1


def test_look_after_invitations_ends_reminds_and_takes_back_what_is_due() -> None:
    now = timezone.now()
    hour = dt.timedelta(hours=1)
    over = make_pair(status="asking_junior", answer_by=now - hour)
    due = make_pair(status="asking_junior", answer_by=now + 72 * hour, remind_at=now - hour)
    closed = make_pair(
        status="asking_junior", answer_by=now + hour, programme=make_programme(status=Programme.Status.CLOSED)
    )

    for _ in range(2):
        look_after_invitations()

    statuses = dict(Pair.objects.values_list("pk", "status"))
    assert statuses == {over.pk: "expired", due.pk: "asking_junior", closed.pk: "withdrawn"}
    assert Message.objects.filter(key__startswith="pair_reminder").count() == 1


def test_the_clock_knows_both_tasks_by_their_names() -> None:
    known = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert {announce.name, look_after_invitations.name} <= known
    assert {announce.name, look_after_invitations.name} <= set(app.tasks)
