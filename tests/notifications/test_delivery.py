import contextlib
import datetime as dt
import threading
from typing import Any

import psycopg2
import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.utils import timezone

from mentoring.actions.people import leave
from mentoring.models import Person
from notifications.delivery import PAUSES, claim_time, deliver_due, try_again
from notifications.models import Message
from notifications.outbox import post
from tests.builders import ALL_HOURS, make_alice, make_partner
from tests.notifications.smtp import Sink


def send(key: str, to: object = "someone@demo.example", **more: object) -> None:
    with transaction.atomic():
        post("tests/message", key=key, kind="pair", to=to, context={"name": key}, **more)  # type: ignore[arg-type]


def other_weekday() -> int:
    """The ISO weekday after tomorrow's, so that it is not today anywhere."""
    return (timezone.now().isoweekday() + 2) % 7 + 1


@pytest.mark.django_db
def test_deliver_due_sends_text_html_and_attachment(mail_server: Sink) -> None:
    alice = make_alice(**ALL_HOURS)
    send("k", alice.user, attachments=[("meeting.ics", "text/calendar; method=REQUEST", "BEGIN:VCALENDAR\r\n")])

    taken = deliver_due()

    [mail] = mail_server.mails
    types = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    assert taken == 1
    assert types == ["text/plain", "text/html", "text/calendar", "application/ics"]
    assert mail["Subject"] == "Hello k"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Message.objects.get().status == Message.Status.SENT


@pytest.mark.django_db
def test_invitation_to_a_calendar_stands_beside_the_text_and_as_a_file(mail_server: Sink) -> None:
    send("k", attachments=[("meeting.ics", "text/calendar; method=REQUEST", "BEGIN:VCALENDAR\r\n")])

    deliver_due()

    [mail] = mail_server.mails
    [beside] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    [file] = [part for part in mail.walk() if part.get_content_type() == "application/ics"]
    assert (beside.get_param("method"), beside.get_filename()) == ("REQUEST", None)
    assert file.get_filename() == "meeting.ics"


@pytest.mark.django_db
def test_deliver_due_leaves_what_is_not_due(mail_server: Sink) -> None:
    send("later", not_before=timezone.now() + dt.timedelta(minutes=1))

    taken = deliver_due()

    assert (taken, mail_server.mails) == (0, [])


@pytest.mark.django_db
def test_what_is_not_urgent_waits_for_the_readers_working_hours(mail_server: Sink) -> None:
    alice = make_alice(working_days=[other_weekday()])
    send("can wait", alice.user)
    send("cannot", alice.user, urgent=True)

    deliver_due()

    waits = Message.objects.get(key="can wait")
    assert [mail["Subject"] for mail in mail_server.mails] == ["Hello cannot"]
    assert (waits.status, waits.attempts) == (Message.Status.PENDING, 0)
    assert waits.next_try_at == alice.user.mail_time(timezone.now())


@pytest.mark.django_db
def test_reader_who_moved_meanwhile_is_left_alone_until_their_new_morning(mail_server: Sink) -> None:
    alice = make_alice(**ALL_HOURS)
    send("k", alice.user)
    Person.objects.update(working_days=[other_weekday()])

    deliver_due()

    assert mail_server.mails == []
    assert Message.objects.get().next_try_at > timezone.now()


@pytest.mark.django_db
def test_nobody_who_has_left_gets_mail_however_urgent(mail_server: Sink) -> None:
    alice, paula = make_alice(**ALL_HOURS), make_partner(partner_until=timezone.localdate() - dt.timedelta(days=2))
    send("k", alice.user, urgent=True)
    send("l", paula.user, urgent=True)
    leave(alice, by=None)

    deliver_due()

    assert mail_server.mails == []
    assert set(Message.objects.filter(key__in="kl").values_list("status", flat=True)) == {Message.Status.NOT_MAILED}


@pytest.mark.django_db
def test_what_a_worker_had_claimed_when_it_died_is_taken_up_when_the_claim_is_over(
    mail_server: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    send("k")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.smtp.EmailBackend.send_messages", die)
        with pytest.raises(KeyboardInterrupt):
            deliver_due()
    left = Message.objects.get()
    too_soon = deliver_due()
    Message.objects.update(next_try_at=left.next_try_at - claim_time())
    deliver_due()

    assert (left.status, left.attempts, left.sent_at) == (Message.Status.PENDING, 0, None)
    assert (too_soon, len(mail_server.mails)) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_worker_whose_database_dies_with_the_yes_in_hand_records_it_when_it_is_back(
    mail_server: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    send("k")
    handle = mail_server.handle_DATA
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (mine,) = cursor.fetchone()

    async def take_it_and_cut_the_connection(*words: Any) -> str:
        with contextlib.closing(psycopg2.connect(**connection.get_connection_params())) as other:
            other.cursor().execute("SELECT pg_terminate_backend(%s)", [mine])
        return await handle(*words)

    monkeypatch.setattr(mail_server, "handle_DATA", take_it_and_cut_the_connection)
    deliver_due()

    assert Message.objects.get().status == Message.Status.SENT
    assert len(mail_server.mails) == 1


@pytest.mark.django_db
def test_deliver_due_sends_each_message_once(mail_server: Sink) -> None:
    send("k")

    deliver_due()
    deliver_due()

    assert len(mail_server.mails) == 1


@pytest.mark.django_db
def test_deliver_due_sends_the_others_when_one_is_refused(mail_server: Sink) -> None:
    mail_server.refuses["bad@demo.example"] = "550 no such mailbox"
    send("bad", "bad@demo.example")
    send("good", "good@demo.example")

    deliver_due()

    bad = Message.objects.get(key="bad")
    assert [mail["To"] for mail in mail_server.mails] == ["good@demo.example"]
    assert (bad.status, bad.attempts) == (Message.Status.PENDING, 1)
    assert "550" in bad.error
    assert bad.next_try_at > timezone.now()


@pytest.mark.django_db
def test_deliver_due_gives_up_after_the_last_pause_and_hr_may_try_again(mail_server: Sink) -> None:
    mail_server.refuses["bad@demo.example"] = "550 no such mailbox"
    send("bad", "bad@demo.example")

    for _ in range(len(PAUSES) + 1):
        Message.objects.update(next_try_at=timezone.now())
        deliver_due()
    dead = Message.objects.get()
    mail_server.refuses.clear()
    try_again(dead)
    deliver_due()

    assert dead.status == Message.Status.DEAD
    assert Message.objects.get().status == Message.Status.SENT
    assert len(mail_server.mails) == 1


@pytest.mark.django_db
def test_deliver_due_puts_off_when_no_server_answers(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    send("k")

    deliver_due()

    assert Message.objects.get().status == Message.Status.PENDING
    assert "ConnectionRefusedError" in Message.objects.get().error


@pytest.mark.django_db
def test_message_id_is_the_same_at_each_try(mail_server: Sink) -> None:
    send("k")
    deliver_due()
    Message.objects.update(status=Message.Status.PENDING, next_try_at=timezone.now())

    deliver_due()

    assert len({mail["Message-ID"] for mail in mail_server.mails}) == 1


@pytest.mark.django_db
def test_a_sent_sign_in_mail_keeps_no_link_behind(mail_server: Sink) -> None:
    post("tests/message", key="k", kind="account", to="a@demo.example", context={}, url="https://demo.example/secret")

    deliver_due()

    assert "secret" in mail_server.mails[0].as_string()
    kept = Message.objects.get()
    assert (kept.text, kept.html, kept.url) == ("", "", "")


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_each_message_once(mail_server: Sink) -> None:
    now = timezone.now()
    Message.objects.bulk_create(  # without a call for a worker: another test's site may have one that runs
        Message(key=f"k{n}", kind="pair", to=f"p{n}@demo.example", subject="s", text="t", due_at=now, next_try_at=now)
        for n in range(40)
    )

    def work() -> None:
        deliver_due()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(str(mail["To"]) for mail in mail_server.mails) == sorted(f"p{n}@demo.example" for n in range(40))
    assert Message.objects.filter(status=Message.Status.SENT).count() == 40
