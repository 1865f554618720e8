"""From both saying yes to the start of a pair, or to its quiet end; and what of it nobody may learn."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from mentoring.actions import beginnings, enrolments, meetings, pair_life, pairs
from mentoring.actions.decision_times import TO_ANSWER
from mentoring.actions.unanswered import take_back_in_closed
from mentoring.models import AuditEntry, IntroductionAnswer, Meeting, Pair, Person, Programme, TransitionError
from mentoring.models.pair import FIRST_WORD
from mentoring.signals import pair_started
from notifications.models import Message
from tests.builders import (
    let_start,
    make_alice,
    make_bob,
    make_charlie,
    make_enrolment,
    make_meeting,
    make_pair,
    make_programme,
    make_skill,
)

pytestmark = pytest.mark.django_db
ALL_DAY = {"work_starts": dt.time(0), "work_ends": dt.time(23, 59), "working_days": [1, 2, 3, 4, 5, 6, 7]}


def begun(**programme: object) -> Pair:
    """Alice, the junior, mentors Bob; both have said yes."""
    round_ = make_programme(**programme)
    alice, bob = make_alice(**ALL_DAY), make_bob(**ALL_DAY)
    for person in (alice, bob):
        make_enrolment(person=person, programme=round_)
    return pairs.open_pair(round_, mentor=alice, mentee=bob, skill=make_skill(), by=None, both_said_yes=True)


def has_met(pair: Pair) -> Meeting:
    return make_meeting(pair=pair, starts_at=timezone.now() - dt.timedelta(hours=1))


def outbox(person: Person) -> list[tuple[str, str]]:
    """What this person was sent, up to the link, without names, numbers and moments."""
    rows = person.user.outbox.order_by("pk").values_list("subject", "text")
    return [(hide(subject), hide(text)) for subject, text in rows]


def hide(words: str) -> str:
    words = words.partition("http://")[0].replace("Alice", "X").replace("Bob", "X")
    return re.sub(r"Programme \d+|until \**\w+ \d+ \w+, \d\d:\d\d", "…", words)


def plan(days: int) -> meetings.Plan:
    start = timezone.now() + dt.timedelta(days=days)
    return meetings.Plan(starts_at=start, ends_at=start + dt.timedelta(minutes=30))


def test_a_pair_starts_once_both_have_read_met_and_would_like_to_go_on() -> None:
    pair, heard = begun(), []
    pair_started.connect(listener := lambda pair, **_: heard.append(pair))
    has_met(pair)

    for person in pair.people:
        beginnings.confirm_briefing(pair, by=person)
        assert Pair.objects.get().status == "beginning"
    beginnings.say(pair, by=pair.mentee, goes_on=True)
    assert Pair.objects.get().status == "beginning"
    pair = beginnings.say(pair, by=pair.mentor, goes_on=True)

    assert (pair.status, pair.answer_by, heard) == ("active", None, [pair])
    assert listener
    assert list(AuditEntry.objects.filter(action="pair.started").values_list("by", flat=True)) == [None]
    assert not IntroductionAnswer.objects.exists()


def test_without_an_introduction_the_second_briefing_starts_it() -> None:
    pair = begun(has_introduction=False)

    beginnings.confirm_briefing(pair, by=pair.mentor)
    pair = beginnings.confirm_briefing(pair, by=pair.mentee)

    assert (pair.status, pair.with_introduction) == ("active", False)


def test_without_an_introduction_not_this_one_is_enough_too() -> None:
    pair = begun(has_introduction=False)

    beginnings.say(pair, by=pair.mentor, goes_on=False)
    for person in pair.people:
        pair = beginnings.confirm_briefing(pair, by=person)

    assert pair.status == "beginning"
    assert beginnings.decide_due(timezone.now() + dt.timedelta(days=30)) == 1


@pytest.mark.parametrize("missing", ["briefing", "meeting"])
def test_going_on_needs_the_briefing_and_the_meeting_and_not_this_one_needs_neither(missing: str) -> None:
    pair = begun()
    if missing == "briefing":
        has_met(pair)
    else:
        beginnings.confirm_briefing(pair, by=pair.mentor)

    with pytest.raises(TransitionError, match="Read your briefing and meet first"):
        beginnings.say(pair, by=pair.mentor, goes_on=True)
    beginnings.say(pair, by=pair.mentor, goes_on=False)

    assert IntroductionAnswer.objects.get().goes_on is False


def test_an_answer_may_be_changed_until_it_is_acted_on() -> None:
    pair = begun()
    has_met(pair)
    for person in pair.people:
        beginnings.confirm_briefing(pair, by=person)

    beginnings.say(pair, by=pair.mentor, goes_on=False)
    beginnings.say(pair, by=pair.mentee, goes_on=True)
    pair = beginnings.say(pair, by=pair.mentor, goes_on=True)

    assert pair.status == "active"


ENDINGS = {
    "the junior's no": {"alice": False},
    "the senior's no": {"bob": False},
    "a no and a yes": {"alice": True, "bob": False},
    "a yes and a no": {"alice": False, "bob": True},
    "two noes": {"alice": False, "bob": False},
    "one silence": {"alice": True},
    "two silences": {},
}


def what_can_be_seen(said: dict[str, bool]) -> dict[str, object]:
    """Everything that a no could show in, but for names and moments."""
    pair = begun()
    has_met(pair)
    for person in pair.people:
        beginnings.confirm_briefing(pair, by=person)
    for name, goes_on in said.items():
        by = pair.mentor if name == "alice" else pair.mentee
        before = (*Message.objects.values_list("pk"), *AuditEntry.objects.values_list("pk"))
        row = Pair.objects.values().get()
        beginnings.say(pair, by=by, goes_on=goes_on)
        assert (*Message.objects.values_list("pk"), *AuditEntry.objects.values_list("pk")) == before
        assert Pair.objects.values().get() == row
    pair.refresh_from_db()
    assert pair.answer_by is not None
    early = pair.answer_by - dt.timedelta(seconds=1)
    beginnings.remind_due(early)
    assert beginnings.decide_due(early) == 0
    assert beginnings.decide_due(pair.answer_by) == 1
    pair.refresh_from_db()
    audit = AuditEntry.objects.filter(object_type="pair", object_id=pair.pk).order_by("pk")
    return {
        "status": pair.status,
        "columns": (pair.no_from, pair.no_because, pair.ended_by, pair.ended_because),
        "alice": outbox(pair.mentor),
        "bob": outbox(pair.mentee),
        "audit": list(audit.values_list("action", "by", "changes")),
        "answers": IntroductionAnswer.objects.count(),
    }


def test_however_a_beginning_ends_nothing_tells_why() -> None:
    seen = {}
    for name, said in ENDINGS.items():
        seen[name] = what_can_be_seen(said)
        Pair.objects.all().delete()
        Message.objects.all().delete()
        Person.objects.all().delete()

    first = seen["the junior's no"]
    assert first["status"] == "parted"
    assert first["answers"] == 0
    assert first["alice"][1:] == first["bob"][1:]  # type: ignore[index]
    assert first["alice"][-1][0] == "You and X do not go on"  # type: ignore[index]
    for name, other in seen.items():
        assert other == first, name


def test_the_answer_of_one_changes_no_row_that_the_other_could_see() -> None:
    pair = begun()

    beginnings.say(pair, by=pair.mentor, goes_on=False)

    assert list(IntroductionAnswer.objects.visible_to(pair.mentee.user)) == []
    assert IntroductionAnswer.objects.visible_to(pair.mentor.user).count() == 1


def test_both_are_reminded_in_the_same_words_whatever_they_have_said() -> None:
    pair = begun()
    has_met(pair)
    beginnings.say(pair, by=pair.mentor, goes_on=False)
    pair.refresh_from_db()
    assert pair.answer_by is not None

    reminded = sum(beginnings.remind_due(pair.answer_by - dt.timedelta(minutes=minutes)) for minutes in (60, 30, 1))

    assert reminded >= 1
    assert outbox(pair.mentor)[1:] == outbox(pair.mentee)[1:]


def test_the_meeting_sets_the_day_by_which_both_answer() -> None:
    pair = begun(introduction_days=20)
    latest = pair.answer_by
    assert latest is not None

    meeting = meetings.plan(pair, by=pair.mentor, plan=plan(4))
    pair.refresh_from_db()
    assert pair.answer_by == meeting.ends_at + TO_ANSWER
    meetings.cancel(meeting, by=pair.mentee)
    pair.refresh_from_db()
    assert pair.answer_by == latest


def test_an_introduction_is_one_meeting_and_takes_place_in_time() -> None:
    pair = begun(introduction_days=10)

    with pytest.raises(Exception, match="Introductions take place by"):
        meetings.plan(pair, by=pair.mentor, plan=plan(11))
    meetings.plan(pair, by=pair.mentor, plan=plan(3))
    with pytest.raises(TransitionError, match="The introduction is one meeting"):
        meetings.plan(pair, by=pair.mentee, plan=plan(5))


def test_the_first_word_on_the_time_is_the_juniors_for_two_days() -> None:
    pair = begun()

    with pytest.raises(TransitionError, match="Alice has the first word on when you meet"):
        meetings.plan(pair, by=pair.mentee, plan=plan(3))
    Pair.objects.update(begun_at=timezone.now() - FIRST_WORD)
    meeting = meetings.plan(pair, by=pair.mentee, plan=plan(3))

    assert meeting.planned_by == pair.mentee


def test_an_end_takes_the_meeting_out_of_both_calendars_in_nobodys_name() -> None:
    pair = begun()
    meetings.plan(pair, by=pair.mentor, plan=plan(3))

    beginnings.decide_due(timezone.now() + dt.timedelta(days=40))

    # Its time has passed by then, or it is taken out: nobody is named either way.
    assert Meeting.objects.filter(cancelled_by__isnull=False).count() == 0
    assert Pair.objects.get().status == "parted"


def test_seats_are_held_until_the_end_and_free_from_then_on() -> None:
    pair = begun()
    charlie = make_charlie()
    make_enrolment(person=charlie, programme=pair.programme)  # type: ignore[arg-type]

    with pytest.raises(pairs.NoSeat):
        pairs.open_pair(pair.programme, mentor=pair.mentor, mentee=charlie, skill=pair.skill, by=None)  # type: ignore[arg-type]
    beginnings.decide_due(timezone.now() + dt.timedelta(days=40))

    assert pairs.open_pair(pair.programme, mentor=pair.mentor, mentee=charlie, skill=pair.skill, by=None).is_asking  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_who_leaves_the_programme_ends_a_beginning_and_the_other_reads_the_same_words(who: str) -> None:
    pair = begun()
    person = getattr(pair, who)

    enrolments.withdraw(person.enrolments.get(), by=person)

    pair.refresh_from_db()
    assert pair.status == "parted"
    assert outbox(pair.partner_of(person))[-1][0] == "You and X do not go on"
    assert len(outbox(person)) == 1


def test_a_closed_programme_takes_beginnings_back() -> None:
    pair = begun()
    Programme.objects.update(status=Programme.Status.CLOSED)

    assert take_back_in_closed() == 1

    pair.refresh_from_db()
    assert pair.status == "withdrawn"


def test_what_belongs_to_a_running_pair_waits_for_the_start() -> None:
    pair = begun()

    for change in (pair_life.pause, pair_life.complete, pair_life.end):
        with pytest.raises(Exception, match=r"no longer possible|logged no meeting"):
            change(pair, by=pair.mentor)

    assert Pair.objects.get().status == "beginning"


def test_a_pair_that_has_started_takes_no_more_answers() -> None:
    pair = let_start(begun())

    with pytest.raises(TransitionError, match="is over"):
        beginnings.say(pair, by=pair.mentor, goes_on=False)
    assert beginnings.confirm_briefing(pair, by=pair.mentor).briefed_at(pair.mentor) is not None


def test_a_stranger_has_nothing_to_say() -> None:
    pair = make_pair(status="beginning")

    with pytest.raises(ValueError, match="not in the pair"):
        beginnings.say(pair, by=make_charlie(), goes_on=False)
