"""Many people at the same moment, in HR and out of it: nobody is overbooked, and nobody waits for ever."""

import random
from collections.abc import Callable

import pytest

from mentoring.actions.enrolments import change_capacity, enrol, withdraw
from mentoring.actions.pairs import NoSeat, accept, decline, open_pair
from mentoring.actions.programmes import close
from mentoring.actions.questions import MOST_OPEN, ask
from mentoring.models import Enrolment, Pair, Person, Programme, Role, Seat
from tests.builders import make_dana, make_enrolment, make_offer, make_person, make_programme, make_skill
from tests.support.at_once import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def crowd(programme: Programme, number: int, *, level: int, capacity: int = 1) -> list[Person]:
    people = [make_person(level=level) for _ in range(number)]
    for person in people:
        make_enrolment(person=person, programme=programme, mentor_capacity=capacity, mentee_capacity=capacity)
    return people


def nobody_is_overbooked() -> bool:
    for role in Role:
        for enrolment in Enrolment.objects.all():
            open_pairs = Pair.objects.open().filter(**{f"{role}_seat__enrolment": enrolment}).count()
            if open_pairs > enrolment.capacity(role) or enrolment.seats.filter(role=role).count() < open_pairs:
                return False
    return True


def test_a_hundred_overlapping_approvals_at_once_fill_every_place_once() -> None:
    programme, dana, skill = make_programme(), make_dana(), make_skill()
    mentors, mentees = crowd(programme, 10, level=2), crowd(programme, 10, level=7)
    couples = [(mentor, mentee) for mentor in mentors for mentee in mentees]
    random.Random(1).shuffle(couples)

    ends = all_at_once(
        [
            lambda mentor=mentor, mentee=mentee: open_pair(
                programme, mentor=mentor, mentee=mentee, skill=skill, by=dana
            )
            for mentor, mentee in couples
        ]
    )

    assert ends == {"done": 10, "NoSeat": 90}
    assert nobody_is_overbooked()
    assert not Seat.objects.free().filter(enrolment__person__in=mentors, role=Role.MENTOR).exists()


def test_approvals_in_both_directions_do_not_wait_for_each_other() -> None:
    programme, dana, skill = make_programme(), make_dana(), make_skill()
    people = crowd(programme, 6, level=3, capacity=3)
    couples = [(one, two) for one in people for two in people if one != two]

    ends = all_at_once(
        [
            lambda one=one, two=two: open_pair(programme, mentor=one, mentee=two, skill=skill, by=dana)
            for one, two in couples
        ]
    )

    assert set(ends) <= {"done", "NoSeat", "ValidationError"}
    assert ends["done"] == Pair.objects.count()
    assert nobody_is_overbooked()


def test_answers_withdrawals_and_changes_amid_approvals_leave_nobody_overbooked() -> None:
    programme, dana, skill = make_programme(), make_dana(), make_skill()
    mentors, mentees = crowd(programme, 6, level=2, capacity=2), crowd(programme, 6, level=7, capacity=2)
    there = [
        open_pair(programme, mentor=mentor, mentee=mentee, skill=skill, by=dana)
        for mentor, mentee in zip(mentors, mentees, strict=True)
    ]
    works: list[Callable[[], object]] = []
    for pair in there:
        works += [lambda pair=pair: accept(pair, by=pair.mentor), lambda pair=pair: decline(pair, by=pair.mentor)]
        works += [lambda pair=pair: withdraw(pair.mentor_seat.enrolment, by=pair.mentor)]
        works += [
            lambda pair=pair: change_capacity(
                pair.mentee_seat.enrolment, mentor_capacity=1, mentee_capacity=0, by=pair.mentee
            )
        ]
    works += [
        lambda mentor=mentor, mentee=mentee: open_pair(programme, mentor=mentor, mentee=mentee, skill=skill, by=dana)
        for mentor in mentors
        for mentee in mentees
    ]
    works += [lambda: close(programme, by=dana)]
    random.Random(2).shuffle(works)

    ends = all_at_once(works)

    assert set(ends) <= {"done", "NoSeat", "ValidationError", "TransitionError"}
    assert nobody_is_overbooked()
    gone = Enrolment.objects.filter(status=Enrolment.Status.WITHDRAWN)
    assert not Pair.objects.asking().filter(mentor_seat__enrolment__in=gone).exists()


def test_enrolling_at_once_from_several_windows_is_one_enrolment() -> None:
    programme, person = make_programme(), make_person()

    ends = all_at_once(
        [lambda: enrol(programme, person=person, mentor_capacity=2, mentee_capacity=1) for _ in range(10)]
    )

    assert ends == {"done": 10}
    assert (Enrolment.objects.count(), Seat.objects.count()) == (1, 3)


def test_both_answers_of_one_person_at_once_count_once() -> None:
    programme, dana = make_programme(), make_dana()
    (mentor,), (mentee,) = crowd(programme, 1, level=2), crowd(programme, 1, level=7)
    pair = open_pair(programme, mentor=mentor, mentee=mentee, skill=make_skill(), by=dana)

    ends = all_at_once([lambda: accept(pair, by=mentor)] * 5 + [lambda: decline(pair, by=mentor)] * 5)

    pair.refresh_from_db()
    assert pair.status in ("asking_senior", "declined")
    assert ends["done"] == (1 if pair.both_know_since is None or pair.status == "asking_senior" else 2)


def test_questions_at_once_leave_no_more_than_the_most_with_one_person() -> None:
    skill, jessica = make_skill(), make_person()
    make_offer(person=jessica, skill=skill)
    askers = [make_person() for _ in range(12)]

    ends = all_at_once(
        [lambda asker=asker: ask(asker=asker, mentor=jessica, skill=skill, question="Why?") for asker in askers]
    )

    assert ends == {"done": MOST_OPEN, "ValidationError": 12 - MOST_OPEN}


def test_no_seat_is_a_refusal_that_names_the_person_and_the_role() -> None:
    person = make_person(name="Nia")

    assert NoSeat(person, Role.MENTEE).messages == ["Nia has no free place as mentee in this programme."]
