import datetime as dt

import pytest
from django.utils import timezone

from goals.models import CheckIn
from goals.tasks import look_after_check_ins
from reverse_mentoring.celery import app
from tests.builders import make_check_in, make_pair

pytestmark = pytest.mark.django_db


def test_beat_wakes_it_and_it_asks_and_lets_go() -> None:
    now, pair = timezone.now(), make_pair()
    due = make_check_in(pair=pair, person=pair.mentor, remind_at=now - dt.timedelta(minutes=1))
    over = make_check_in(pair=pair, person=pair.mentee, asked=3, lapses_at=now - dt.timedelta(minutes=1))

    look_after_check_ins()

    assert "goals.tasks.look_after_check_ins" in {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert CheckIn.objects.get(pk=due.pk).asked == 1
    assert CheckIn.objects.get(pk=over.pk).status == "lapsed"
