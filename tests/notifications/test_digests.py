"""The digest: what waits goes out in one mail, exactly once; what cannot wait does not."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from mentoring.models import Person
from notifications import digests
from notifications.choices import stop_mail
from notifications.delivery import mail_of
from notifications.kinds import SWITCHABLE, Kind
from notifications.models import Message, Preference, Rhythm
from notifications.outbox import post
from tests.builders import make_alice
from tests.support.at_once import all_at_once

pytestmark = pytest.mark.django_db
Every = Rhythm.Every


def make_reader(every: str = Every.DAILY, **fields: object) -> Person:
    alice = make_alice(**fields)
    digests.choose(alice.user, every, now=timezone.now())
    return alice


def send(to: Person, key: str, *, kind: str = "pair", **more: object) -> Message:
    context = {"name": key}
    post("tests/message", key=key, kind=kind, to=to.user, context=context, url=f"/{key}/", **more)  # type: ignore[arg-type]
    return Message.objects.get(key=key)


def gather(reader: Person) -> int:
    """As the clock does it once the reader's digest is due."""
    now = Rhythm.objects.get(pk=reader.pk).next_at
    assert now is not None
    return digests.send_due(now)


def digest() -> Message:
    return Message.objects.get(kind=Kind.DIGEST)


def test_what_can_wait_goes_out_in_one_mail() -> None:
    alice = make_reader()
    for key in ("first", "second"):
        send(alice, key)

    gather(alice)

    mail = digest()
    assert mail.subject == "2 messages: Hello first, and more"
    assert "- Hello first\n  http://127.0.0.1:8000/first/\n\n- Hello second\n" in mail.text
    assert '<a href="http://127.0.0.1:8000/second/"' in mail.html
    assert {(each.status, each.digest) for each in Message.objects.exclude(pk=mail.pk)} == {("in_digest", mail)}


def test_digest_gathered_again_late_or_twice_holds_each_message_once() -> None:
    alice = make_reader()
    send(alice, "first")
    due = Rhythm.objects.get().next_at
    assert due is not None

    taken = [digests.send_due(due + dt.timedelta(hours=n)) for n in range(3)]

    assert (taken, Message.objects.filter(kind=Kind.DIGEST).count()) == ([1, 0, 0], 1)


def test_digest_is_not_gathered_before_its_time() -> None:
    alice = make_reader()
    send(alice, "first")
    due = Rhythm.objects.get().next_at
    assert due is not None

    assert digests.send_due(due - dt.timedelta(seconds=1)) == 0


def test_no_mail_where_nothing_waits_and_the_next_time_is_set() -> None:
    alice = make_reader()
    before = Rhythm.objects.get().next_at
    assert before is not None

    gather(alice)

    assert Message.objects.count() == 0
    assert Rhythm.objects.get().next_at == alice.user.next_morning(before) + digests.LATER


def test_urgent_and_account_messages_wait_for_no_digest() -> None:
    alice = make_reader(Every.WEEKLY)

    assert send(alice, "moved", kind="meeting", urgent=True).status == Message.Status.PENDING
    assert send(alice, "password", kind="account").status == Message.Status.PENDING


def test_what_would_come_too_late_in_the_digest_goes_by_itself() -> None:
    alice = make_reader(Every.WEEKLY)
    due = Rhythm.objects.get().next_at
    assert due is not None

    assert send(alice, "late", useful_until=due).status == Message.Status.PENDING
    assert send(alice, "in time", useful_until=due + dt.timedelta(hours=1)).status == Message.Status.HELD


def test_reminder_that_is_due_later_waits_for_a_later_digest() -> None:
    alice = make_reader()
    first = Rhythm.objects.get().next_at
    assert first is not None
    send(alice, "later", not_before=first + dt.timedelta(hours=1))

    gather(alice)
    assert Message.objects.filter(kind=Kind.DIGEST).count() == 0

    gather(alice)
    assert digest().subject == "Hello later"


def test_daily_digest_comes_on_working_mornings_and_the_weekly_one_on_the_first_of_a_week() -> None:
    alice = make_alice(working_days=[2, 3, 4], time_zone="America/New_York")
    thursday = dt.datetime(2026, 3, 5, 15, tzinfo=dt.UTC)

    daily, weekly = alice.user.next_morning(thursday), alice.user.next_week(thursday)

    # The clocks there went forward on Sunday the 8th: nine o'clock on Tuesday is an hour earlier in UTC.
    assert daily == weekly == dt.datetime(2026, 3, 10, 13, tzinfo=dt.UTC)
    assert alice.user.next_morning(daily) == dt.datetime(2026, 3, 11, 13, tzinfo=dt.UTC)


def test_kind_switched_off_meanwhile_is_left_out() -> None:
    alice = make_reader()
    send(alice, "unwanted")
    send(alice, "wanted", kind="meeting")

    Preference.objects.create(user=alice.user, kind=Kind.PAIR, by_email=False)
    gather(alice)

    assert digest().subject == "Hello wanted"
    assert Message.objects.get(key="unwanted").status == Message.Status.NOT_MAILED


def test_choosing_each_by_itself_sends_what_waits_in_a_last_digest() -> None:
    alice = make_reader(Every.WEEKLY)
    send(alice, "first")

    digests.choose(alice.user, Every.AT_ONCE, now=timezone.now())

    assert (digest().subject, Rhythm.objects.get().next_at) == ("Hello first", None)
    assert send(alice, "second").status == Message.Status.PENDING


def test_choosing_a_slower_digest_delays_nothing_that_waits() -> None:
    alice = make_reader()
    before = Rhythm.objects.get().next_at

    digests.choose(alice.user, Every.WEEKLY, now=timezone.now())

    assert Rhythm.objects.get().next_at == before


def test_one_click_in_a_digest_stops_all_of_its_kinds_and_what_waits() -> None:
    alice = make_reader()
    send(alice, "gathered")
    gather(alice)
    send(alice, "waits")

    headers = mail_of(digest()).extra_headers
    stop_mail(alice.pk, SWITCHABLE)

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Message.objects.not_yet_mailed().count() == 0
    assert send(alice, "after", kind="skill").status == Message.Status.NOT_MAILED


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_gather_each_digest_once() -> None:
    alice = make_reader()
    send(alice, "first")
    due = Rhythm.objects.get().next_at
    assert due is not None

    def work() -> None:
        digests.send_due(due)
        connection.close()

    all_at_once([work] * 6)

    assert Message.objects.filter(kind=Kind.DIGEST).count() == 1
