import pytest
from django.test import Client
from django.urls import reverse

from mentoring.actions import people
from mentoring.models import AuditEntry, Pair, Person
from tests.builders import make_dana, make_pair

pytestmark = pytest.mark.django_db


def test_hr_takes_back_that_somebody_left_and_pairs_stay_ended(client: Client) -> None:
    dana, pair = make_dana(), make_pair()
    people.leave(pair.mentor, by=dana)
    client.force_login(dana.user)

    page = client.get(reverse("person-detail", args=[pair.mentor_id])).content.decode()
    client.post(reverse("person-back", args=[pair.mentor_id]))

    back = Person.objects.select_related("user").get(pk=pair.mentor_id)
    assert "They are back" in page
    assert (back.left_on, back.user.is_active) == (None, True)
    assert Pair.objects.get().status == "ended"
    assert AuditEntry.objects.filter(action="person.back", by=dana).count() == 1


def test_who_is_here_cannot_come_back(client: Client) -> None:
    dana, pair = make_dana(), make_pair()
    client.force_login(dana.user)

    page = client.post(reverse("person-back", args=[pair.mentor_id]), follow=True).content.decode()

    assert "is here already" in page
    assert not AuditEntry.objects.exists()
