import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from goals.actions.check_ins import answer, ask_due, begin, begin_sooner, forget, lapse_due, stop
from goals.models import CheckIn, Hand
from mentoring.models import AuditEntry, Pair, Person, TransitionError
from notifications.delivery import deliver_due
from notifications.models import Message
from tests.builders import (
    make_bob,
    make_check_in,
    make_dana,
    make_meeting,
    make_pair,
    make_person,
    make_programme,
)
from tests.notifications.smtp import Sink

START = dt.datetime(2026, 1, 5, 10, tzinfo=dt.UTC)  # a Monday
DUE = dt.datetime(2026, 2, 4, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
ANSWERS = {
    "happiness": 5, "information": 4, "progress": 2, "help_wanted": "nobody", "words": "Bob talks too much.",
    "share_with_hr": False,
}  # fmt: skip


def running_pair(**fields: object) -> Pair:
    programme = make_programme(starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 6, 30), check_in_every_days=30)
    return make_pair(programme=programme, **fields)  # type: ignore[arg-type]


def begun() -> Pair:
    pair = running_pair()
    begin(pair, START)
    return pair


def of(person: Person) -> list[tuple[int, str, dt.datetime]]:
    rows = person.check_ins.order_by("number")
    return [(row.number, row.status, row.due_at) for row in rows]


def mails(person: Person) -> list[str]:
    return [key.rpartition(":")[2] for key in person.user.outbox.order_by("pk").values_list("key", flat=True)]


@pytest.mark.django_db
def test_begin_schedules_the_first_of_both() -> None:
    pair = begun()

    assert of(pair.mentor) == of(pair.mentee) == [(1, "waiting", DUE)]


@pytest.mark.django_db
def test_begin_twice_is_begin_once() -> None:
    pair = begun()

    begin(pair, START + DAY)

    assert of(pair.mentor) == [(1, "waiting", DUE)]


@pytest.mark.django_db
def test_begin_leaves_quick_questions_alone() -> None:
    begin(make_pair(kind=Pair.Kind.QUICK), START)

    assert not CheckIn.objects.exists()


@pytest.mark.django_db
def test_first_meeting_moves_the_first_check_in_to_the_working_day_after() -> None:
    pair = begun()
    met = dt.datetime(2026, 1, 16, 14, tzinfo=dt.UTC)  # a Friday

    begin_sooner(make_meeting(pair=pair, starts_at=met, status="held"), met)

    assert of(pair.mentor) == [(1, "waiting", dt.datetime(2026, 1, 19, 9, tzinfo=dt.UTC))]


@pytest.mark.django_db
def test_a_meeting_leaves_a_check_in_that_comes_sooner_or_was_asked_for() -> None:
    pair = begun()
    pair.mentee.check_ins.update(asked=1)
    late = dt.datetime(2026, 2, 10, 14, tzinfo=dt.UTC)
    early = dt.datetime(2026, 1, 16, 14, tzinfo=dt.UTC)

    begin_sooner(make_meeting(pair=pair, starts_at=late, status="held"), late)
    assert of(pair.mentor) == [(1, "waiting", DUE)]
    begin_sooner(make_meeting(pair=pair, starts_at=early, status="held"), early)
    assert of(pair.mentee) == [(1, "waiting", DUE)]


@pytest.mark.django_db
def test_ask_due_asks_reminds_twice_and_then_lets_go() -> None:
    pair = begun()
    days = [DUE + n * DAY for n in range(-3, 16)]

    for day in days:
        lapse_due(day)
        ask_due(day)

    assert mails(pair.mentor) == ["0", "1", "2"]
    assert of(pair.mentor) == [(1, "lapsed", DUE), (2, "waiting", dt.datetime(2026, 3, 6, 9, tzinfo=dt.UTC))]


@pytest.mark.django_db
def test_ask_due_twice_asks_once() -> None:
    pair = begun()

    assert (ask_due(DUE), ask_due(DUE)) == (2, 0)
    assert mails(pair.mentee) == ["0"]


@pytest.mark.django_db
def test_missed_nights_are_made_up_with_the_whole_time_to_answer() -> None:
    pair = begun()
    back = DUE + 40 * DAY

    assert (lapse_due(back), ask_due(back)) == (0, 2)

    row = pair.mentor.check_ins.get()
    assert row.status == "waiting"
    assert row.lapses_at == dt.datetime(2026, 3, 26, 9, tzinfo=dt.UTC)
    assert row.remind_at is not None


@pytest.mark.django_db
def test_a_question_at_night_is_posted_for_the_morning() -> None:
    pair = begun()
    night = DUE + dt.timedelta(hours=14)

    ask_due(night)

    assert pair.mentor.user.outbox.get().due_at == DUE + DAY


@pytest.mark.django_db
def test_while_a_pair_pauses_nobody_is_asked() -> None:
    pair = begun()
    Pair.objects.update(status="paused")
    assert ask_due(DUE) == 0

    Pair.objects.update(status="active")

    assert ask_due(DUE + DAY) == 2
    assert mails(pair.mentor) == ["0"]


@pytest.mark.django_db
def test_stop_lets_go_of_what_waits_and_nothing_follows() -> None:
    pair = begun()
    Pair.objects.update(status="ended", finished_at=START)

    stop([pair])

    assert of(pair.mentor) == [(1, "lapsed", DUE)]
    assert (ask_due(DUE), lapse_due(DUE + 40 * DAY)) == (0, 0)


@pytest.mark.django_db
def test_answer_is_kept_and_schedules_the_next() -> None:
    pair = begun()

    row = answer(pair.mentor.check_ins.get(), by=pair.mentor, answers=ANSWERS, now=DUE + DAY)

    assert (row.status, row.happiness, row.words, row.answered_at) == ("answered", 5, "Bob talks too much.", DUE + DAY)
    assert of(pair.mentor)[1] == (2, "waiting", dt.datetime(2026, 3, 6, 9, tzinfo=dt.UTC))
    assert of(pair.mentee) == [(1, "waiting", DUE)]


@pytest.mark.django_db
def test_answers_are_asked_for_at_the_rhythm_halfway_at_the_end_and_six_months_later() -> None:
    pair, now = begun(), DUE

    while waiting := pair.mentor.check_ins.waiting().first():
        now = waiting.due_at
        answer(waiting, by=pair.mentor, answers=ANSWERS, now=now)

    rows = pair.mentor.check_ins.order_by("number").values_list("due_at", "occasion")
    assert [(due.date().isoformat(), occasion) for due, occasion in rows] == [
        ("2026-02-04", "regular"), ("2026-03-06", "regular"), ("2026-04-01", "middle"), ("2026-05-01", "regular"),
        ("2026-06-01", "regular"), ("2026-06-30", "end"), ("2026-12-30", "later"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_completed_pair_is_asked_at_the_end_and_once_more_six_months_later() -> None:
    pair = begun()
    Pair.objects.update(status="completed", finished_at=START)
    pair.refresh_from_db()

    stop([pair])

    now = timezone.now() + 5 * DAY
    assert ask_due(now) == 2
    for occasion in ("end", "later"):
        row = pair.mentor.check_ins.waiting().get()
        assert row.occasion == occasion
        answer(row, by=pair.mentor, answers=ANSWERS, now=max(now, row.due_at))
    assert not pair.mentor.check_ins.waiting().exists()


@pytest.mark.django_db
def test_who_has_left_is_asked_no_more() -> None:
    pair = begun()

    forget([pair.mentor])

    assert (of(pair.mentor), of(pair.mentee)) == ([(1, "lapsed", DUE)], [(1, "waiting", DUE)])


@pytest.mark.django_db
def test_answer_counts_once() -> None:
    pair = begun()
    row = pair.mentor.check_ins.get()
    answer(row, by=pair.mentor, answers=ANSWERS, now=DUE)

    with pytest.raises(TransitionError, match="already"):
        answer(row, by=pair.mentor, answers={**ANSWERS, "happiness": 1}, now=DUE)

    assert pair.mentor.check_ins.get(number=1).happiness == 5
    assert len(of(pair.mentor)) == 2


@pytest.mark.django_db
def test_answer_is_its_authors_alone_and_not_before_its_time() -> None:
    pair = begun()
    row = pair.mentor.check_ins.get()

    for by, now in ((pair.mentee, DUE), (make_dana(), DUE), (pair.mentor, DUE - DAY)):
        with pytest.raises(TransitionError):
            answer(row, by=by, answers=ANSWERS, now=now)

    assert of(pair.mentor) == [(1, "waiting", DUE)]


@pytest.mark.django_db
def test_answer_after_the_end_of_the_pair_is_refused() -> None:
    pair = begun()
    stop([pair])

    with pytest.raises(TransitionError, match="not answered"):
        answer(pair.mentor.check_ins.get(), by=pair.mentor, answers=ANSWERS, now=DUE)


@pytest.mark.django_db
def test_help_is_asked_of_hr_by_name_and_without_a_word_of_it() -> None:
    pair, dana = begun(), make_dana()

    answer(pair.mentor.check_ins.get(), by=pair.mentor, answers={**ANSWERS, "help_wanted": "hr"}, now=DUE)

    [message] = Message.objects.all()
    assert (message.recipient, message.kind) == (dana.user, "hr")
    assert "Alice" in message.subject
    assert "talks" not in message.text + message.html
    assert Hand.objects.get().check_in == pair.mentor.check_ins.get(number=1)


@pytest.mark.django_db
def test_help_is_never_told_to_the_partner_even_one_who_works_in_hr() -> None:
    bob, dana = make_bob(is_hr=True), make_dana()
    pair = running_pair(mentee=bob)
    begin(pair, START)

    answer(pair.mentor.check_ins.get(), by=pair.mentor, answers={**ANSWERS, "help_wanted": "hr"}, now=DUE)

    assert [message.recipient for message in Message.objects.all()] == [dana.user]


@pytest.mark.django_db
def test_nothing_of_an_answer_stands_in_the_audit_or_readable_in_the_database() -> None:
    pair = begun()

    row = answer(pair.mentor.check_ins.get(), by=pair.mentor, answers=ANSWERS, now=DUE)

    entry = AuditEntry.objects.get(action="check_in.answered")
    assert (entry.by, entry.object_name, entry.changes) == (None, f"Check-in {row.pk}", {})
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM goals_checkin WHERE id = %s", [row.pk])
        assert "talks" not in cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("people", [1, 3])
def test_ask_due_reads_all_that_is_due_at_once(people: int, django_assert_num_queries: object) -> None:
    for _ in range(people):
        make_check_in(pair=running_pair(mentor=make_person(), mentee=make_person()), person=make_person())

    with django_assert_num_queries(1):  # type: ignore[operator]
        ask_due(timezone.now())


@pytest.mark.django_db
def test_a_check_in_arrives_by_mail_once(mail_server: Sink) -> None:
    now = timezone.now()
    pair = running_pair(mentor=make_person(name="Alice", work_starts=dt.time(0), work_ends=dt.time(23, 59),
                                           working_days=[1, 2, 3, 4, 5, 6, 7]))  # fmt: skip
    make_check_in(pair=pair, person=pair.mentor, remind_at=now)

    for _ in range(2):
        ask_due(now)
        deliver_due()

    [mail] = mail_server.mails
    body = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert (mail["To"], mail["Subject"]) == (pair.mentor.user.email, "How is it going with Bob?")
    assert "/check-ins/by-mail/" in body
    assert "Bob never sees your answers" in " ".join(body.split())


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_ask_once() -> None:
    pair = begun()

    run_at_once(*[lambda: ask_due(DUE)] * 6)

    assert (mails(pair.mentor), mails(pair.mentee)) == (["0"], ["0"])
    assert [row.asked for row in CheckIn.objects.all()] == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_answer_and_lapse_at_once_leave_one_that_follows() -> None:
    pair = begun()
    over = DUE + 20 * DAY
    CheckIn.objects.update(asked=1)
    row = pair.mentor.check_ins.get()

    def reply() -> None:
        try:
            answer(row, by=pair.mentor, answers=ANSWERS, now=over)
        except TransitionError:
            return

    run_at_once(reply, lambda: lapse_due(over), lambda: lapse_due(over))

    assert [number for number, _, _ in of(pair.mentor)] == [1, 2]
    assert pair.mentor.check_ins.get(number=1).status in ("answered", "lapsed")


def run_at_once(*calls: object) -> None:
    """Each in a thread of its own, all let go at the same moment."""
    gate = threading.Barrier(len(calls))

    def run(call: object) -> None:
        try:
            gate.wait()
            call()  # type: ignore[operator]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
