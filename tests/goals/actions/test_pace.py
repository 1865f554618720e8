import datetime as dt

import pytest
from django.utils import timezone

from goals import pace as rules
from goals.actions.brainstorms import Plan, choose, decide, make_it_so, write
from goals.actions.check_ins import answer
from goals.actions.pace import begin, look_at_due, stop
from goals.models import Brainstorm, Pace
from mentoring.models import AuditEntry, Pair, Person
from notifications.models import Message
from tests.builders import make_bob, make_check_in, make_dana, make_goal, make_meeting, make_pair, make_programme

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LOW = {"happiness": 3, "information": 3, "progress": 2, "help_wanted": "nobody", "words": "", "share_with_hr": False}


def running(*, days: int = 60, **fields: object) -> Pair:
    """For some days, with a meeting yesterday, so that nothing is slow."""
    now = timezone.now()
    programme = make_programme(starts_on=now.date() - dt.timedelta(days=days))
    pair = make_pair(programme=programme, started_at=now - dt.timedelta(days=days), **fields)  # type: ignore[arg-type]
    begin(pair, now)
    Pace.objects.update(look_at=now, turn_at=now + 400 * DAY)
    return pair


def met(pair: Pair, days_ago: int) -> None:
    make_meeting(pair=pair, starts_at=timezone.now() - days_ago * DAY, status="held")


def look(now: dt.datetime) -> list[str]:
    Pace.objects.update(look_at=now)
    look_at_due(now)
    return list(Brainstorm.objects.order_by("pk").values_list("status", flat=True))


def answers_low(pair: Pair, person: Person, *, times: int, share: bool = False) -> None:
    for number in range(1, times + 1):
        row = make_check_in(pair=pair, person=person, number=number)
        answer(row, by=person, answers={**LOW, "share_with_hr": share})
        pair.check_ins.waiting().delete()


def test_a_pair_that_gets_on_is_left_alone_and_looked_at_once_a_day() -> None:
    pair, now = running(), timezone.now()
    met(pair, 5)

    assert (look_at_due(now), look_at_due(now)) == (1, 0)

    assert not Brainstorm.objects.exists()
    assert DAY / 24 < Pace.objects.get().look_at - now < 5 * DAY


@pytest.mark.parametrize(("days_ago", "opens"), [(29, []), (32, ["open"])])
def test_the_programme_says_after_how_many_days_without_a_meeting(days_ago: int, opens: list[str]) -> None:
    met(running(), days_ago)

    assert look(timezone.now()) == opens


def test_a_planned_meeting_is_reason_enough_to_wait() -> None:
    pair = running()
    make_meeting(pair=pair)

    assert look(timezone.now()) == []


def test_a_goal_past_its_date_opens_it_with_a_sign_that_both_can_see() -> None:
    pair = running()
    met(pair, 5)
    make_goal(pair=pair, title="Secret words", due_on=timezone.now().date() - 9 * DAY)

    assert look(timezone.now()) == ["open"]

    assert Brainstorm.objects.get().signs == ["A goal is past its date."]
    assert {message.recipient for message in Message.objects.all()} == {pair.mentor.user, pair.mentee.user}
    row = AuditEntry.objects.get(action="brainstorm.opened")
    assert (row.by, row.changes) == (None, {})


def test_one_low_answer_changes_nothing() -> None:
    pair = running()
    before = Pace.objects.get().turn_at

    answers_low(pair, pair.mentor, times=1)

    assert Pace.objects.get().turn_at == before


def test_two_low_answers_bring_the_turn_forward_by_lot_and_open_nothing_at_once() -> None:
    pair, now = running(), timezone.now()
    met(pair, 5)

    answers_low(pair, pair.mentor, times=2)

    turn = Pace.objects.get().turn_at
    assert turn is not None
    assert rules.SOONEST * DAY <= turn - now <= (rules.LATEST + 1) * DAY
    assert look(now) == []
    assert look(turn) == ["open"]


def test_a_session_for_low_answers_looks_to_the_letter_like_one_by_lot() -> None:
    by_lot, by_answers, now = running(), running(mentor=None), timezone.now()
    for pair in (by_lot, by_answers):
        met(pair, 5)
    Pace.objects.filter(pair=by_lot).update(turn_at=now)
    answers_low(by_answers, by_answers.mentor, times=2)
    Message.objects.all().delete()
    Pace.objects.filter(pair=by_answers).update(turn_at=now)

    assert look(now) == ["open", "open"]

    seniors = [by_lot.mentee.user, by_answers.mentee.user]
    mails = Message.objects.filter(recipient__in=seniors)
    said = {(mail.subject, mail.text.partition("/brainstorms/")[0]) for mail in mails}
    assert len(said) == 1
    assert [session.signs for session in Brainstorm.objects.all()] == [[], []]
    assert {str(row.changes) for row in AuditEntry.objects.filter(action="brainstorm.opened")} == {"{}"}


def test_each_pair_has_one_turn_so_a_second_row_of_low_answers_opens_nothing() -> None:
    pair, now = running(), timezone.now()
    met(pair, 5)
    Pace.objects.update(turn_at=now)
    look(now)
    later = now + 22 * DAY
    met(pair, -20)
    assert look(later) == ["lapsed"]

    answers_low(pair, pair.mentor, times=3)

    assert Pace.objects.get().turn_at is None
    met(pair, -50)
    assert look(now + 60 * DAY) == ["lapsed"]


def test_the_lot_draws_no_day_before_two_answers_were_possible_and_none_after_the_end() -> None:
    pair, now = running(days=0), timezone.now()
    assert pair.programme is not None

    drawn = [rules.draw_turn(pair, now) for _ in range(200)]

    days = {(turn - now).days for turn in drawn if turn}
    assert None not in drawn
    assert min(days) >= pair.programme.check_in_every_days + 2
    assert max(days) <= 182 - 13
    assert len(days) > 60


def test_too_near_the_end_there_is_no_turn() -> None:
    assert rules.draw_turn(running(days=0), timezone.now() + 170 * DAY) is None


def test_nobody_looks_while_a_pair_pauses_and_quiet_days_count_anew_after_it() -> None:
    pair, now = running(), timezone.now()
    met(pair, 50)
    Pair.objects.update(status="paused")
    assert look(now) == []
    Pair.objects.update(status="active")

    assert look(now + DAY) == []
    assert look(now + 32 * DAY) == ["open"]
    assert pair.brainstorms.count() == 1


def decided(pair: Pair) -> Brainstorm:
    session = pair.brainstorms.get()
    way = write(session, by=pair.mentor, part="way", text="Walk and talk")
    choose(way, by=pair.mentee, chosen=True)
    decide(way, by=pair.mentor, plan=Plan(kind="step", owner=pair.mentee, text="Book a walk"))
    for person in pair.people:
        make_it_so(session, by=person)
    return Brainstorm.objects.get()


def test_what_did_not_help_is_told_to_hr_without_a_reason_and_never_to_the_two() -> None:
    bob, dana = make_bob(is_hr=True), make_dana()
    pair, now = running(mentee=bob), timezone.now()
    met(pair, 40)
    look(now)
    decided(pair)
    Message.objects.all().delete()

    assert look(now + 10 * DAY) == ["decided"]
    assert look(now + 23 * DAY) == ["stuck"]
    look(now + 24 * DAY)

    [message] = Message.objects.all()
    assert (message.recipient, message.subject) == (dana.user, "Alice and Bob could use a hand")
    assert not any(word in message.text for word in ("days", "goal is", "low answer", "progress"))


def test_what_helped_is_over_and_a_stuck_one_is_over_once_they_meet() -> None:
    pair, now = running(), timezone.now()
    met(pair, 40)
    look(now)
    look(now + 23 * DAY)
    assert Brainstorm.objects.get().status == "stuck"

    met(pair, -24)

    assert look(now + 25 * DAY) == ["helped"]
    assert look(now + 26 * DAY) == ["helped"]


def test_low_answers_after_it_reach_hr_only_where_their_author_ticked_that_and_the_two_see_nothing() -> None:
    seen = []
    for share in (False, True):
        pair, now = running(mentor=None, mentee=None), timezone.now()
        make_dana()
        met(pair, 5)
        Pace.objects.filter(pair=pair).update(turn_at=now)
        look(now)
        Message.objects.all().delete()
        answers_low(pair, pair.mentor, times=1, share=share)
        met(pair, -20)
        look(now + 22 * DAY)
        session = pair.brainstorms.get()
        told = Message.objects.filter(kind="hr")
        seen.append((session.status, session.hr_told_at is not None, told.exists()))
        Pair.objects.filter(pk=pair.pk).update(status="ended")

    assert seen == [("lapsed", False, False), ("lapsed", True, True)]


def test_a_session_in_which_they_write_goes_on() -> None:
    pair, now = running(), timezone.now()
    met(pair, 5)
    Pace.objects.update(turn_at=now)
    look(now)
    write(pair.brainstorms.get(), by=pair.mentor, part="works", text="We laugh")
    met(pair, -20)

    assert look(now + 22 * DAY) == ["open"]


def test_a_session_ends_with_its_pair() -> None:
    pair = running()
    met(pair, 40)
    look(timezone.now())

    stop([pair])

    assert Brainstorm.objects.get().status == "closed"


def test_pairs_that_began_before_there_was_a_pace_get_one() -> None:
    make_pair()
    make_pair(mentor=None, mentee=None, kind="quick")

    look_at_due(timezone.now())

    assert Pace.objects.count() == 1
