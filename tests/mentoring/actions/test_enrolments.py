import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentoring.actions.enrolments import change_capacity, enrol, withdraw
from mentoring.actions.pairs import accept, decline, open_pair
from mentoring.models import AuditEntry, Enrolment, Pair, Person, Programme, Role, Seat, TransitionError
from mentoring.signals import enrolment_withdrawn
from tests.builders import let_start, make_alice, make_bob, make_charlie, make_dana, make_programme, make_skill

pytestmark = pytest.mark.django_db


def seats(enrolment: Enrolment) -> tuple[int, int]:
    return tuple(enrolment.seats.filter(role=role).count() for role in (Role.MENTOR, Role.MENTEE))  # type: ignore[return-value]


def join(programme: Programme, person: Person, mentor: int = 1, mentee: int = 1) -> Enrolment:
    return enrol(programme, person=person, mentor_capacity=mentor, mentee_capacity=mentee)


def invite(programme: Programme, mentor: Person, mentee: Person) -> Pair:
    return open_pair(programme, mentor=mentor, mentee=mentee, skill=make_skill(), by=make_dana())


def test_enrol_makes_a_seat_for_each_pair_the_person_said_yes_to() -> None:
    alice, programme = make_alice(), make_programme()

    enrolment = join(programme, alice, 2, 1)

    assert (enrolment.status, seats(enrolment)) == ("enrolled", (2, 1))
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by, entry.changes) == (
        "enrolment.made", alice, {"mentor_capacity": 2, "mentee_capacity": 1},
    )  # fmt: skip


def test_enrol_twice_is_one_enrolment() -> None:
    alice, programme = make_alice(), make_programme()

    first, second = join(programme, alice, 2, 1), join(programme, alice, 2, 1)

    assert first == second
    assert (Enrolment.objects.count(), AuditEntry.objects.count(), seats(second)) == (1, 1, (2, 1))


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "closed"},
        {"enrol_until": timezone.localdate() - dt.timedelta(days=1)},
        {"enrol_from": timezone.localdate() + dt.timedelta(days=1)},
    ],
)
def test_enrol_needs_an_open_programme(fields: dict[str, object]) -> None:
    programme = make_programme(**fields)  # type: ignore[arg-type]

    with pytest.raises(TransitionError, match="not open"):
        join(programme, make_alice())

    assert not Enrolment.objects.exists()


def test_enrol_is_not_for_those_who_left() -> None:
    with pytest.raises(TransitionError):
        join(make_programme(), make_alice(left_on=dt.date(2025, 1, 1)))


@pytest.mark.parametrize(("mentor", "mentee", "field"), [(4, 1, "mentor_capacity"), (0, 0, "__all__")])
def test_enrol_refuses_a_wrong_capacity_at_its_field(mentor: int, mentee: int, field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        join(make_programme(), make_alice(), mentor, mentee)

    assert list(refusal.value.message_dict) == [field]
    assert not Enrolment.objects.exists()


def test_change_capacity_adds_and_removes_free_seats() -> None:
    alice = make_alice()
    enrolment = join(make_programme(), alice, 1, 1)

    more = change_capacity(enrolment, mentor_capacity=3, mentee_capacity=0, by=alice)

    assert seats(more) == (3, 0)
    less = change_capacity(more, mentor_capacity=1, mentee_capacity=2, by=alice)
    assert seats(less) == (1, 2)
    assert AuditEntry.objects.first().changes == {"mentor_capacity": [3, 1], "mentee_capacity": [0, 2]}  # type: ignore[union-attr]


def test_change_capacity_keeps_the_seats_of_open_pairs() -> None:
    programme, alice = make_programme(), make_alice()
    enrolment = join(programme, alice, 2, 1)
    for mentee in (make_bob(), make_bob()):
        join(programme, mentee)
        invite(programme, alice, mentee)

    with pytest.raises(ValidationError) as refusal:
        change_capacity(enrolment, mentor_capacity=1, mentee_capacity=1, by=alice)

    assert refusal.value.message_dict["mentor_capacity"][0].startswith(
        "You have 2 pairs or invitations as mentor now, so 2 is the least you can choose."
    )
    assert seats(enrolment) == (2, 1)


def test_change_capacity_works_again_once_a_pair_let_go_of_its_seat() -> None:
    programme, alice, bob = make_programme(), make_alice(), make_bob()
    enrolment = join(programme, alice, 2, 1)
    join(programme, bob)
    pair = decline(invite(programme, alice, bob), by=alice)

    enrolment = change_capacity(enrolment, mentor_capacity=0, mentee_capacity=1, by=alice)

    pair.refresh_from_db()
    assert (seats(enrolment), pair.mentor_seat) == ((0, 1), None)


def test_change_capacity_ends_quietly_what_the_person_has_not_heard_of() -> None:
    programme, alice, bob = make_programme(), make_alice(), make_bob()
    join(programme, alice)
    of_bob = join(programme, bob, 1, 1)
    pair = invite(programme, alice, bob)

    of_bob = change_capacity(of_bob, mentor_capacity=1, mentee_capacity=0, by=bob)

    pair.refresh_from_db()
    assert (seats(of_bob), pair.status) == ((1, 0), "withdrawn")
    assert alice.user.outbox.latest("pk").subject == "Bob is not available"
    assert not bob.user.outbox.exists()


def test_change_capacity_needs_an_enrolment() -> None:
    alice = make_alice()
    enrolment = withdraw(join(make_programme(), alice), by=alice)

    with pytest.raises(TransitionError):
        change_capacity(enrolment, mentor_capacity=1, mentee_capacity=1, by=alice)


def test_withdraw_ends_invitations_and_leaves_running_pairs() -> None:
    programme, alice, bob, charlie = make_programme(), make_alice(), make_bob(), make_charlie()
    enrolment = join(programme, alice, 2, 1)
    join(programme, bob)
    join(programme, charlie)
    running = let_start(accept(accept(invite(programme, alice, bob), by=alice), by=bob))
    asking = accept(invite(programme, alice, charlie), by=alice)
    heard: list[Enrolment] = []
    enrolment_withdrawn.connect(listener := lambda enrolment, **_: heard.append(enrolment))

    enrolment = withdraw(enrolment, by=alice)

    running.refresh_from_db()
    asking.refresh_from_db()
    assert (enrolment.status, running.status, asking.status) == ("withdrawn", "active", "withdrawn")
    assert list(enrolment.seats.values_list("pk", flat=True)) == [running.mentor_seat_id]
    assert charlie.user.outbox.latest("pk").subject == "Alice is not available"
    assert heard == [enrolment]
    assert listener


def test_withdraw_frees_the_place_of_the_other() -> None:
    programme, alice, bob = make_programme(), make_alice(), make_bob()
    enrolment = join(programme, alice)
    join(programme, bob)
    invite(programme, alice, bob)

    withdraw(enrolment, by=alice)

    assert Seat.objects.free().filter(enrolment__person=bob, role=Role.MENTEE).count() == 1
    assert not bob.user.outbox.exists()


def test_withdraw_twice_is_refused_and_enrolling_again_is_welcome() -> None:
    programme, alice = make_programme(), make_alice()
    enrolment = withdraw(join(programme, alice, 3, 3), by=alice)

    with pytest.raises(TransitionError):
        withdraw(enrolment, by=alice)
    again = join(programme, alice, 1, 2)

    assert (again.pk, again.status, again.withdrawn_at, seats(again)) == (enrolment.pk, "enrolled", None, (1, 2))
