import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching.models import Suggestion
from mentoring.actions.leaving import leave_all
from mentoring.models import AuditEntry, Enrolment, Meeting, Pair, Person
from notifications.models import Message
from tests.builders import (
    let_start,
    make_dana,
    make_meeting,
    make_offer,
    make_pair,
    make_person,
    make_programme,
    make_request,
    make_wish,
)

pytestmark = pytest.mark.django_db


def left() -> list[str]:
    return list(Person.objects.filter(left_on=timezone.localdate()).order_by("name").values_list("name", flat=True))


def told(person: Person) -> list[str]:
    return [key.split(":")[0] for key in person.user.outbox.order_by("key").values_list("key", flat=True)]


def test_all_leave_with_one_audit_row_each_and_the_same_words() -> None:
    dana, alone, paired = make_dana(), make_person(name="Alone"), make_person(name="Paired")
    make_offer(person=alone)
    make_wish(person=alone)
    pair = let_start(make_pair(mentor=paired))

    assert leave_all([alone.pk, paired.pk], by=dana) == 2

    assert left() == ["Alone", "Paired"]
    assert not Person.objects.filter(pk__in=[alone.pk, paired.pk], user__is_active=True).exists()
    rows = AuditEntry.objects.filter(action=AuditEntry.Action.PERSON_LEFT).order_by("object_name")
    today = [None, str(timezone.localdate())]
    assert [(row.object_name, row.by, row.changes) for row in rows] == [
        ("Alone", dana, {"left_on": today}), ("Paired", dana, {"left_on": today}),
    ]  # fmt: skip
    pair.refresh_from_db()
    assert pair.status == Pair.Status.ENDED
    assert Message.objects.filter(recipient=pair.partner_of(paired).user).exists()


def test_what_an_upper_app_keeps_of_them_is_ended_too() -> None:
    request = make_request()

    leave_all([request.mentor_id, request.mentee_id], by=None)

    assert not Suggestion.objects.open().filter(pk=request.pk).exists()
    assert not Enrolment.objects.enrolled().exists()


def test_hr_and_those_who_have_left_are_passed_over() -> None:
    dana, gone = make_dana(), make_person(left_on=timezone.localdate())

    assert leave_all([dana.pk, gone.pk], by=None) == 0


@pytest.mark.parametrize("number", [1, 30])
def test_those_who_are_part_of_nothing_leave_at_once_however_many(number: int) -> None:
    keys = [make_person().pk for _ in range(number)]

    with CaptureQueriesContext(connection) as queries:
        leave_all(keys, by=None)

    assert len(queries) == 20
    assert len(left()) == number


@pytest.mark.parametrize("number", [1, 10])
def test_pairs_of_leavers_end_in_the_same_few_queries_however_many(number: int) -> None:
    programme = make_programme()
    pairs = [let_start(make_pair(programme=programme)) for _ in range(number)]
    for pair in pairs:
        make_meeting(pair=pair, starts_at=timezone.now() + dt.timedelta(days=7))

    with CaptureQueriesContext(connection) as queries:
        leave_all([pair.mentor_id for pair in pairs], by=None)

    assert len(queries) == 43
    assert Pair.objects.filter(status=Pair.Status.ENDED).count() == number
    assert AuditEntry.objects.filter(action=AuditEntry.Action.PAIR_ENDED, by=None).count() == number
    assert set(Meeting.objects.values_list("status", flat=True)) == {"cancelled"}
    for pair in pairs:
        assert told(pair.mentee) == ["meeting_taken_out", "pair_partner_left"]
        assert told(pair.mentor) == []


@pytest.mark.parametrize("status", ["active", "asking_senior", "beginning"])
def test_two_who_leave_together_are_not_told_of_each_other(status: str) -> None:
    pair = make_pair(status=status)

    leave_all([pair.mentor_id, pair.mentee_id], by=None)

    assert not Pair.objects.open().exists()
    assert (told(pair.mentor), told(pair.mentee)) == ([], [])
