import datetime as dt

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mentoring.models import Person
from notifications.kinds import Kind
from notifications.models import Message, Preference
from notifications.outbox import post
from notifications.unsubscribe import unsubscribe_url
from tests.builders import make_alice, make_bob, make_dana
from tests.support.clients import client_of

pytestmark = pytest.mark.django_db


def send(person: Person, key: str = "k", **more: object) -> Message:
    post("tests/message", key=key, kind="pair", to=person.user, context={"name": key}, **more)  # type: ignore[arg-type]
    return Message.objects.get(key=key)


@pytest.mark.parametrize("number", [1, 3])
def test_message_list_costs_the_same_however_many(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    alice = make_alice()
    for n in range(number):
        send(alice, key=f"k{n}")
    client = client_of(alice)

    with django_assert_num_queries(4):
        page = client.get(reverse("message-list"))

    assert len(page.context["page"]) == number


def test_message_list_hides_what_is_not_due() -> None:
    alice = make_alice()
    send(alice, not_before=timezone.now() + dt.timedelta(hours=1))

    page = client_of(alice).get(reverse("message-list"))

    assert list(page.context["page"]) == []


def test_message_open_marks_as_read_and_leads_on() -> None:
    alice = make_alice()
    message = send(alice, url="/messages/choices/")

    answer = client_of(alice).get(reverse("message-open", args=[message.pk]))

    message.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, "/messages/choices/")  # type: ignore[attr-defined]
    assert message.read_at is not None


def test_message_of_somebody_else_is_not_found() -> None:
    message = send(make_alice())

    assert client_of(make_bob()).get(reverse("message-open", args=[message.pk])).status_code == 404


def test_message_read_all_leaves_others_messages() -> None:
    alice, bob = make_alice(), make_bob()
    send(alice, key="a")
    send(bob, key="b")

    client_of(alice).post(reverse("message-read-all"))

    assert list(Message.objects.unread().values_list("key", flat=True)) == ["b"]


def test_message_preferences_keeps_what_is_ticked() -> None:
    alice = make_alice()

    client_of(alice).post(
        reverse("message-preferences"), {"every": "daily", "pair-in_app": "on", "meeting-by_email": "on"}
    )

    choices = {p.kind: (p.by_email, p.in_app) for p in Preference.objects.filter(user=alice.user)}
    assert choices[Kind.PAIR] == (False, True)
    assert choices[Kind.MEETING] == (True, False)
    assert Kind.ACCOUNT not in choices


def test_unsubscribe_shows_on_get_and_stops_on_post_without_signing_in() -> None:
    alice = make_alice()
    url = unsubscribe_url(alice.user.pk, "pair").removeprefix("http://127.0.0.1:8000")

    Client().get(url)
    after_get = Preference.objects.count()
    Client(enforce_csrf_checks=True).post(url, {"List-Unsubscribe": "One-Click"})

    assert after_get == 0
    assert Preference.objects.get().by_email is False


def test_unsubscribe_refuses_a_forged_link() -> None:
    assert Client().get(reverse("unsubscribe", args=["nonsense"])).status_code == 404


def test_outbox_shows_hr_only_what_is_stuck() -> None:
    alice = make_alice()
    send(alice, key="fine")
    send(alice, key="stuck")
    Message.objects.filter(key="stuck").update(status=Message.Status.DEAD)

    page = client_of(make_dana()).get(reverse("outbox"))

    assert [message.key for message in page.context["page"]] == ["stuck"]
    assert "Hello stuck" not in page.text


def test_outbox_message_is_readable_in_the_demo_alone(settings: LazySettings) -> None:
    message, client = send(make_alice()), client_of(make_dana())

    outside = client.get(reverse("outbox-message", args=[message.pk])).status_code
    settings.DEMO = True
    demo = client.get(reverse("outbox-message", args=[message.pk]))

    assert (outside, demo.status_code) == (404, 200)
    assert "something new is here" in demo.text


def test_outbox_again_puts_it_back() -> None:
    message = send(make_alice())
    Message.objects.update(status=Message.Status.DEAD, attempts=8)

    client_of(make_dana()).post(reverse("outbox-again", args=[message.pk]))

    message.refresh_from_db()
    assert (message.status, message.attempts) == (Message.Status.PENDING, 0)


def test_outbox_is_for_hr_alone() -> None:
    assert client_of(make_alice()).get(reverse("outbox")).status_code == 403
