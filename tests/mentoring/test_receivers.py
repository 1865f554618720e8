import pytest

from mentoring.actions.people import leave
from mentoring.models import Enrolment, Pair, Person, Seat
from tests.builders import make_alice, make_bob, make_dana, make_pair

pytestmark = pytest.mark.django_db


def messages(person: Person) -> list[str]:
    return [key.split(":")[0] for key in person.user.outbox.order_by("pk").values_list("key", flat=True)]


def test_who_leaves_is_enrolled_nowhere_and_holds_no_place() -> None:
    pair = make_pair()

    leave(pair.mentor, by=make_dana())

    assert Enrolment.objects.get(person=pair.mentor).status == "withdrawn"
    assert Enrolment.objects.get(person=pair.mentee).status == "enrolled"
    assert Seat.objects.held().count() == 0


@pytest.mark.parametrize("fields", [{"status": "asking_senior"}, {"status": "asking_mentor", "kind": "quick"}])
def test_invitations_and_questions_of_who_leaves_are_not_available_to_the_other(fields: dict[str, str]) -> None:
    pair = make_pair(**fields)

    leave(pair.mentor, by=make_dana())

    assert Pair.objects.get().status == "withdrawn"
    assert [key.endswith("not_available") for key in messages(pair.mentee)] == [True]


def test_senior_who_knows_of_nothing_hears_nothing_when_the_junior_leaves() -> None:
    pair = make_pair(status="asking_junior")

    leave(pair.junior, by=make_dana())

    assert Pair.objects.get().status == "withdrawn"
    assert messages(pair.senior) == []


def test_others_are_left_alone_when_somebody_leaves() -> None:
    pair = make_pair(mentor=make_alice(), mentee=make_bob())

    leave(make_alice(), by=make_dana())

    pair.refresh_from_db()
    assert pair.status == "active"
