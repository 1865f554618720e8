"""Copying last year's programme."""

import datetime as dt

import pytest
from django.utils import timezone

from mentoring.actions.programme_copies import OWN, copy
from mentoring.models import EnrolmentQuestion, Invitee, Programme
from tests.builders import make_alice, make_dana, make_department, make_person, make_programme

pytestmark = pytest.mark.django_db


def test_a_copy_takes_over_choices_texts_questions_and_named_people() -> None:
    alice = make_alice()
    old = make_programme(
        name="Last", guide="Words", meetings_planned=9, weight_exchange=1, audience="chosen",
        departments=[make_department().pk],
    )  # fmt: skip
    EnrolmentQuestion.objects.create(programme=old, text="How?", kind="choice", choices=["So", "Or so"])
    EnrolmentQuestion.objects.create(programme=old, text="Retired?", is_asked=False)
    for person in (alice, make_person(left_on=timezone.localdate())):
        Invitee.objects.create(programme=old, person=person)

    new = copy(old, by=make_dana())

    dates = {"enrol_from", "enrol_until", "starts_on", "ends_on"}
    names = {field.name for field in Programme._meta.concrete_fields} - OWN - dates
    assert {name: getattr(new, name) for name in names} == {name: getattr(old, name) for name in names}
    assert (new.status, new.version, new.announcing) == ("draft", 1, False)
    assert [(q.text, q.choices) for q in new.questions.all()] == [("How?", ["So", "Or so"])]
    assert [each.person for each in new.invitees.all()] == [alice]


def test_dates_move_by_whole_years_until_enrolment_lies_ahead() -> None:
    today = timezone.localdate()
    old = make_programme(
        name="Programme 2020", enrol_from=dt.date(2020, 2, 1), enrol_until=dt.date(2020, 2, 29),
        starts_on=dt.date(2020, 3, 1), ends_on=dt.date(2020, 9, 1),
    )  # fmt: skip

    new = copy(old, by=make_dana())

    assert today <= new.enrol_until < today + dt.timedelta(days=366)
    assert new.name == f"Programme {new.starts_on.year}"
    assert (new.ends_on.month, new.ends_on.day, new.ends_on.year - new.starts_on.year) == (9, 1, 0)


def test_each_copy_has_a_name_of_its_own() -> None:
    old, dana = make_programme(name="x" * 120), make_dana()

    names = [copy(old, by=dana).name for _ in range(3)]

    assert len(set(names)) == 3
    assert names[2].endswith(" (copy 3)")
