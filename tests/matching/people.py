"""Mentors and mentees whose skills meet, for the tests of choosing between them."""

from mentoring.models import Person, Programme
from tests.builders import make_enrolment, make_offer, make_person, make_wish


def make_mentor(programme: Programme, name: str, *, level: int = 4) -> Person:
    person = make_person(name=name, level=2)
    make_offer(person=person, level=level)
    make_enrolment(person=person, programme=programme, mentor_capacity=1, mentee_capacity=0)
    return person


def make_mentee(programme: Programme, name: str, *, grade: int = 7) -> Person:
    person = make_person(name=name, level=grade, department="Finance")
    make_wish(person=person)
    make_enrolment(person=person, programme=programme, mentor_capacity=0, mentee_capacity=1)
    return person
