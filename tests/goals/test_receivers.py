import datetime as dt

import pytest
from django.utils import timezone

from goals.models import Agreement, CheckIn
from mentoring.actions.pairs import accept, open_pair
from mentoring.models import Meeting, Pair
from mentoring.signals import meeting_logged, pairs_ended
from tests.builders import let_start, make_alice, make_bob, make_enrolment, make_meeting, make_programme, make_skill

pytestmark = pytest.mark.django_db


def started() -> Pair:
    """Through the actions of the floor below, as people start it."""
    programme, alice, bob = make_programme(), make_alice(), make_bob()
    for person in (alice, bob):
        make_enrolment(person=person, programme=programme)
    pair = open_pair(programme, mentor=alice, mentee=bob, skill=make_skill(), by=None)
    return let_start(accept(accept(pair, by=alice), by=bob))


def test_a_pair_that_starts_gets_its_agreement_and_the_first_check_ins() -> None:
    pair = started()

    assert Agreement.objects.get().pair == pair
    assert [(row.person, row.number) for row in pair.check_ins.order_by("pk")] == [(pair.mentor, 1), (pair.mentee, 1)]


def test_a_meeting_that_took_place_brings_the_first_check_in_forward_and_another_does_not() -> None:
    pair = started()
    yesterday = timezone.now() - dt.timedelta(days=1)
    due = set(CheckIn.objects.values_list("due_at", flat=True))

    moved = make_meeting(pair=pair, starts_at=yesterday, status="not_held")
    meeting_logged.send(sender=Meeting, meeting=moved)
    assert set(CheckIn.objects.values_list("due_at", flat=True)) == due

    meeting_logged.send(sender=Meeting, meeting=make_meeting(pair=pair, starts_at=yesterday, status="held"))
    assert all(row.due_at < timezone.now() + dt.timedelta(days=4) for row in CheckIn.objects.all())


def test_a_pair_that_ends_is_asked_no_more() -> None:
    pair = started()

    pairs_ended.send(sender=Pair, pairs=[pair])

    assert {row.status for row in CheckIn.objects.all()} == {"lapsed"}
