import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from tests.builders import make_alice, make_person

pytestmark = pytest.mark.django_db


def test_demo_signs_in_with_one_click(settings: LazySettings) -> None:
    settings.DEMO = True
    taylor = make_person(name="Taylor Reed", email="taylor@demo.example")
    client = Client()

    answer = client.post(reverse("demo-sign-in"), {"email": "taylor@demo.example"})

    assert (answer.status_code, client.session["_auth_user_id"]) == (302, str(taylor.pk))


def test_demo_signs_in_nobody_else(settings: LazySettings) -> None:
    settings.DEMO = True
    alice = make_alice()
    client = Client()

    answer = client.post(reverse("demo-sign-in"), {"email": alice.user.email})

    assert (answer.status_code, "_auth_user_id" in client.session) == (404, False)


def test_demo_sign_in_does_not_exist_outside_the_demo() -> None:
    make_person(name="Taylor Reed", email="taylor@demo.example")
    client = Client()

    answer = client.post(reverse("demo-sign-in"), {"email": "taylor@demo.example"})

    assert (answer.status_code, "_auth_user_id" in client.session) == (404, False)
