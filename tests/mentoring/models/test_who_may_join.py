"""Who may join a programme: one rule, asked from the person's side and from the programme's."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mentoring.actions.enrolments import enrol
from mentoring.models import Invitee, Person, Programme, TransitionError
from tests.builders import (
    make_alice,
    make_bob,
    make_dana,
    make_department,
    make_enrolment,
    make_grade,
    make_partner,
    make_person,
    make_programme,
    make_site,
)

NAMES = ("Finance", "Sales")
subsets = st.sets(st.sampled_from([0, 1]))


@pytest.mark.django_db
def test_a_person_must_fit_each_choice_that_is_made_or_be_named() -> None:
    finance, london = make_department(name="Finance"), make_site(name="London")
    programme = make_programme(audience="chosen", departments=[finance.pk], sites=[london.pk])
    fits = make_person(department="Finance", site="London")
    elsewhere = make_person(department="Finance", site="Paris")
    named = make_person(department="Sales", site="Paris")
    Invitee.objects.create(programme=programme, person=named)

    may = {person: programme.is_for(person) for person in (fits, elsewhere, named)}

    assert may == {fits: True, elsewhere: False, named: True}


@pytest.mark.django_db
def test_partners_leavers_and_locked_accounts_are_never_among_those_who_may_join() -> None:
    programme = make_programme()
    make_partner()
    make_person(left_on=timezone.localdate())
    locked = make_person()
    locked.user.is_active = False
    locked.user.save()
    alice = make_alice()

    assert list(Person.objects.who_may_join(programme)) == [alice]
    assert not programme.is_for(make_partner())


@pytest.mark.django_db
def test_whom_it_is_not_for_neither_sees_nor_joins_it_but_who_is_in_stays_in() -> None:
    programme = make_programme(audience="chosen", departments=[make_department(name="Finance").pk])
    alice, bob, dana = make_alice(), make_bob(), make_dana()
    was_in = make_person()
    make_enrolment(person=was_in, programme=programme)

    sees = {p.name: Programme.objects.visible_to(p.user).exists() for p in (alice, bob, dana)}

    assert sees == {"Alice": False, "Bob": True, "Dana": True}
    assert Programme.objects.visible_to(was_in.user).exists()
    for person in (alice, dana):
        with pytest.raises(TransitionError, match="part of the company"):
            enrol(programme, person=person, mentor_capacity=1, mentee_capacity=1)
    assert enrol(programme, person=bob, mentor_capacity=1, mentee_capacity=1).is_enrolled


@pytest.mark.django_db
def test_a_department_that_was_removed_opens_the_programme_to_nobody_else() -> None:
    gone = make_department(name="Gone")
    programme = make_programme(audience="chosen", departments=[gone.pk])
    gone.delete()

    assert not programme.is_for(make_alice())


class BothSidesAgree(TestCase):  # type: ignore[misc]
    @settings(max_examples=40, deadline=dt.timedelta(seconds=5), suppress_health_check=[HealthCheck.too_slow])
    @given(
        everybody=st.booleans(), departments=subsets, grades=subsets, sites=subsets,
        people=st.lists(st.tuples(st.sampled_from([None, 0, 1]), st.sampled_from([None, 0, 1]),
                                  st.sampled_from([None, 0, 1]), st.booleans()), max_size=4),
    )  # fmt: skip
    def test_asked_from_either_side_the_answer_is_the_same(
        self,
        everybody: bool,
        departments: set[int],
        grades: set[int],
        sites: set[int],
        people: list[tuple[object, ...]],
    ) -> None:
        parts = (
            [make_department(name=name) for name in NAMES],
            [make_grade(level=level) for level in (1, 2)],
            [make_site(name=name) for name in NAMES],
        )
        keys = [
            [part[i].pk for i in sorted(chosen)]
            for part, chosen in zip(parts, (departments, grades, sites), strict=True)
        ]
        programme = make_programme(
            audience="everybody" if everybody else "chosen", departments=keys[0], grades=keys[1], sites=keys[2]
        )
        for *places, is_named in people:
            department, grade, site = (
                None if place is None else part[place] for part, place in zip(parts, places, strict=True)
            )
            person = make_person()
            Person.objects.filter(pk=person.pk).update(department=department, grade=grade, site=site)
            if is_named:
                Invitee.objects.create(programme=programme, person=person)

        may = {p.pk for p in Person.objects.all() if Programme.objects.for_person(p).filter(pk=programme.pk).exists()}

        assert may == set(Person.objects.who_may_join(programme).values_list("pk", flat=True))
        assert may == {person.pk for person in Person.objects.all() if programme.is_for(person)}
