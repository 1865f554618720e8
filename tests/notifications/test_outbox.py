import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from notifications.kinds import Kind
from notifications.models import Message, Preference
from notifications.outbox import post, posting_together
from tests.builders import ALL_HOURS, make_alice, make_bob

pytestmark = pytest.mark.django_db


def send(to: object, *, key: str = "one", **more: object) -> None:
    post("tests/message", key=key, kind="pair", to=to, context={"name": "Alice & Bob"}, **more)  # type: ignore[arg-type]


def test_post_writes_one_message_with_text_and_html() -> None:
    alice = make_alice()

    send(alice.user, url="/somewhere/")

    message = Message.objects.get()
    assert (message.subject, message.to, message.recipient) == ("Hello Alice & Bob", alice.user.email, alice.user)
    assert message.text.startswith("Dear Alice & Bob,\n\nsomething new is here.\n\nhttp://127.0.0.1:8000/somewhere/\n")
    assert "Dear Alice &amp; Bob" in message.html
    assert "<strong>new</strong>" in message.html
    assert 'href="http://127.0.0.1:8000/somewhere/"' in message.html


def test_post_twice_with_one_key_is_one_message() -> None:
    alice = make_alice()

    send(alice.user)
    send(alice.user)

    assert Message.objects.count() == 1


def test_post_is_undone_with_its_transaction() -> None:
    alice = make_alice()

    with transaction.atomic():
        send(alice.user)
        transaction.set_rollback(True)

    assert Message.objects.count() == 0


def test_post_does_not_mail_what_the_person_switched_off() -> None:
    alice = make_alice()
    Preference.objects.create(user=alice.user, kind=Kind.PAIR, by_email=False, in_app=True)

    send(alice.user)

    message = Message.objects.get()
    assert (message.status, message.in_app) == (Message.Status.NOT_MAILED, True)


def test_post_hides_in_the_app_what_the_person_switched_off_there() -> None:
    alice = make_alice()
    Preference.objects.create(user=alice.user, kind=Kind.PAIR, by_email=True, in_app=False)

    send(alice.user)

    message = Message.objects.get()
    assert (message.status, message.in_app) == (Message.Status.PENDING, False)


def test_post_to_an_address_without_an_account_shows_nowhere() -> None:
    send("somebody@demo.example")

    message = Message.objects.get()
    assert (message.recipient, message.in_app, message.to) == (None, False, "somebody@demo.example")
    assert "Stop messages" not in message.text


def test_post_waits_until_the_time_given() -> None:
    alice = make_alice(**ALL_HOURS)
    later = timezone.now() + dt.timedelta(hours=9)

    send(alice.user, not_before=later)

    assert Message.objects.due(timezone.now()).count() == 0
    assert Message.objects.due(later + dt.timedelta(minutes=1)).count() == 1
    assert Message.objects.visible_to(alice.user).due_in_app(timezone.now()).count() == 0


def test_post_makes_no_link_of_what_a_person_wrote() -> None:
    alice = make_alice()

    context = {"name": "[click](http://evil.example) ![x](http://evil.example/x.png) <http://evil.example> <b>bold</b>"}
    post("tests/message", key="one", kind="pair", to=alice.user, context=context)

    html = Message.objects.get().html
    assert 'href="http://evil' not in html
    assert "<img" not in html
    assert "<b>bold" not in html


def test_post_refuses_an_unknown_kind() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        post("tests/message", key="one", kind="nonsense", to="a@demo.example", context={})


def test_messages_posted_together_are_written_at_the_end_in_few_queries_as_each_reader_wishes(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    alice, bob = make_alice().user, make_bob().user
    Preference.objects.create(user=bob, kind=Kind.PAIR, by_email=False)

    with django_assert_num_queries(3), posting_together():
        send(alice)
        send(bob, key="two")
        send(alice, key="two")
        send(bob, key="three")

    statuses = dict(Message.objects.values_list("key", "status"))
    assert statuses == {"one": "pending", "two": "not_mailed", "three": "not_mailed"}


def test_messages_posted_together_are_forgotten_where_the_block_fails() -> None:
    alice = make_alice().user

    def send_and_fail() -> None:
        with posting_together():
            send(alice)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        send_and_fail()
    send(alice, key="after")

    assert [message.key for message in Message.objects.all()] == ["after"]
