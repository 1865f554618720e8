import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching.models import Suggestion
from mentoring.actions.leaving import leave_all
from mentoring.models import AuditEntry, Enrolment, Pair, Person
from notifications.models import Message
from tests.builders import (
    let_start,
    make_dana,
    make_offer,
    make_pair,
    make_person,
    make_request,
    make_wish,
)

pytestmark = pytest.mark.django_db


def left() -> list[str]:
    return list(Person.objects.filter(left_on=timezone.localdate()).order_by("name").values_list("name", flat=True))


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

    with CaptureQueriesContext(
        connection,
    ) as queries:
        leave_all(keys, by=None)

    assert len(queries) == 7
    assert len(left()) == number
