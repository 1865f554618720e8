import pytest
from django.utils import timezone

from mentoring.dashboard.people import home_panels
from mentoring.models import Person
from tests.builders import make_alice, make_dana, make_offer, make_wish

pytestmark = pytest.mark.django_db


def titles(person: Person) -> list[str]:
    return [step.title for step in home_panels(person, timezone.now())]


def test_an_empty_inventory_is_asked_for_until_it_is_filled() -> None:
    alice = make_alice()

    assert titles(alice) == ["Say what you could teach", "Say what you would like to learn"]
    make_offer(person=alice)
    assert titles(alice) == ["Say what you would like to learn"]
    make_wish(person=alice)
    assert titles(alice) == []


def test_newcomers_hear_of_it_in_their_first_steps_and_hr_not_at_all() -> None:
    assert titles(make_alice(onboarded=False)) == []
    assert titles(make_dana()) == []
