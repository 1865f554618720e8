import datetime as dt

import pytest
from django.utils import timezone

from goals.models import CheckIn
from insights.figures import check_in_response
from mentoring.models import Pair
from tests.builders import make_pair, make_person, make_programme

pytestmark = pytest.mark.django_db


def make_check_in(*, pair: Pair, status: str, days_ago: int = 20) -> CheckIn:
    now = timezone.now()
    due = now - dt.timedelta(days=days_ago)
    answers = {"happiness": 4, "information": 4, "progress": 3, "answered_at": now} if status == "answered" else {}
    return CheckIn.objects.create(
        pair=pair,
        person=pair.mentor,
        number=1,
        status=status,
        due_at=due,
        lapses_at=due + dt.timedelta(days=14),
        **answers,
    )


def test_response_is_the_share_answered_of_those_past() -> None:
    programme = make_programme()
    for status in ("answered", "answered", "answered", "lapsed", "lapsed", "waiting"):
        pair = make_pair(programme=programme, mentor=make_person(level=1), mentee=make_person(level=6))
        make_check_in(pair=pair, status=status)

    response = check_in_response(programme, timezone.now())

    assert (response.asked, response.answered, response.people, response.share) == (5, 3, 5, 60)


def test_response_of_fewer_than_five_people_is_not_told() -> None:
    programme = make_programme()
    for status in ("answered", "answered", "answered", "lapsed"):
        pair = make_pair(programme=programme, mentor=make_person(level=1), mentee=make_person(level=6))
        make_check_in(pair=pair, status=status)

    response = check_in_response(programme, timezone.now())

    assert response.share is None
