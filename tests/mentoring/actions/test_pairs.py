import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentoring.actions import pairs
from mentoring.actions.pairs import NoSeat, accept, decline, expire, open_pair, withdraw_invitation
from mentoring.models import AuditEntry, Enrolment, Pair, Person, Programme, Role, Seat, TransitionError
from mentoring.signals import pair_not_started
from notifications.models import Message
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_enrolment,
    make_meeting,
    make_pair,
    make_programme,
    make_skill,
)

pytestmark = pytest.mark.django_db


class Story:
    """Alice could mentor Bob; Dana approves. Alice is the junior."""

    def __init__(self) -> None:
        self.programme = make_programme()
        self.alice, self.bob, self.dana = make_alice(), make_bob(), make_dana()
        for person in (self.alice, self.bob):
            make_enrolment(person=person, programme=self.programme)

    def open(self, **more: object) -> Pair:
        fields = {"mentor": self.alice, "mentee": self.bob, "skill": make_skill(), "by": self.dana, **more}
        return open_pair(self.programme, **fields)  # type: ignore[arg-type]


def messages(person: Person) -> list[str]:
    """Which messages this person was sent, oldest first."""
    return [key.split(":")[0] for key in person.user.outbox.order_by("pk").values_list("key", flat=True)]


def free_seats(person: Person, role: str) -> int:
    return Seat.objects.free().filter(enrolment__person=person, role=role).count()


def known(person: Person) -> list[Pair]:
    return list(Pair.objects.visible_to(person.user))


def test_open_pair_asks_the_junior_and_keeps_the_senior_out_of_it() -> None:
    story = Story()

    pair = story.open(reasons=["You offer what Bob wants most."])

    assert (pair.status, pair.junior, pair.awaits) == ("asking_junior", story.alice, story.alice)
    assert (messages(story.alice), messages(story.bob)) == (["pair_asked"], [])
    assert (known(story.alice), known(story.bob)) == ([pair], [])
    assert (free_seats(story.alice, Role.MENTOR), free_seats(story.bob, Role.MENTEE)) == (0, 0)
    text = Message.objects.get().text
    assert "You offer what Bob wants most." in text
    assert "does not know of this yet" in text


def test_open_pair_gives_the_days_of_the_programme_and_a_reminder_on_the_way() -> None:
    story = Story()
    now = timezone.now()

    pair = story.open()

    assert pair.answer_by is not None
    assert pair.remind_at is not None
    assert now + dt.timedelta(days=7) <= pair.answer_by <= now + dt.timedelta(days=11)
    assert now < pair.remind_at < pair.answer_by


def test_open_pair_lets_two_who_asked_for_each_other_begin_at_once() -> None:
    story = Story()

    pair = story.open(both_said_yes=True)

    assert (pair.status, pair.started_at) == ("beginning", None)
    assert pair.begun_at == pair.both_know_since
    assert (messages(story.alice), messages(story.bob)) == (["pair_begun"], ["pair_begun"])


def test_open_pair_needs_a_free_place_of_each() -> None:
    story, charlie = Story(), make_charlie()
    make_enrolment(person=charlie, programme=story.programme)
    story.open()

    with pytest.raises(NoSeat) as refusal:
        story.open(mentor=charlie)

    assert (refusal.value.person, refusal.value.role) == (story.bob, Role.MENTEE)
    assert refusal.value.messages == ["Bob has no free place as mentee in this programme."]
    assert free_seats(charlie, Role.MENTOR) == 1


def test_open_pair_needs_an_enrolment_of_each() -> None:
    story = Story()

    with pytest.raises(NoSeat) as refusal:
        story.open(mentor=make_charlie())

    assert refusal.value.role == Role.MENTOR


def test_open_pair_refuses_two_who_are_a_pair_already_in_either_role() -> None:
    story = Story()
    story.open()

    with pytest.raises(ValidationError, match="already"):
        story.open(mentor=story.bob, mentee=story.alice)


def test_open_pair_needs_a_launched_programme() -> None:
    story = Story()
    Programme.objects.update(status=Programme.Status.CLOSED)

    with pytest.raises(ValidationError, match="launched"):
        story.open()


def test_accept_of_the_junior_asks_the_senior() -> None:
    story = Story()
    pair = story.open()

    pair = accept(pair, by=story.alice)

    assert (pair.status, pair.awaits) == ("asking_senior", story.bob)
    assert messages(story.bob) == ["pair_asked"]
    assert known(story.bob) == [pair]


def test_accept_of_the_senior_lets_the_pair_begin_and_tells_both() -> None:
    story = Story()
    pair = accept(story.open(), by=story.alice)

    pair = accept(pair, by=story.bob)

    assert (pair.status, pair.with_introduction) == ("beginning", True)
    assert (messages(story.alice)[-1], messages(story.bob)[-1]) == ("pair_begun", "pair_begun")


def test_accept_is_for_the_one_who_is_asked_alone_and_counts_once() -> None:
    story = Story()
    pair = story.open()

    for person in (story.bob, story.dana):
        with pytest.raises(TransitionError):
            accept(pair, by=person)
    accept(pair, by=story.alice)
    with pytest.raises(TransitionError):
        accept(pair, by=story.alice)

    pair.refresh_from_db()
    assert pair.status == "asking_senior"


def test_accept_comes_too_late_once_the_programme_is_closed() -> None:
    story = Story()
    pair = story.open()
    Programme.objects.update(status=Programme.Status.CLOSED)

    with pytest.raises(TransitionError, match="closed"):
        accept(pair, by=story.alice)


def test_decline_of_the_junior_frees_both_and_the_senior_never_hears_of_it() -> None:
    story = Story()
    pair = story.open()

    pair = decline(pair, by=story.alice, because="We do not get on.")

    assert (pair.status, pair.get_status_display()) == ("declined", "Not available")
    assert (free_seats(story.alice, Role.MENTOR), free_seats(story.bob, Role.MENTEE)) == (1, 1)
    assert (messages(story.bob), known(story.bob)) == ([], [])


def test_decline_of_the_senior_reads_as_not_available_to_the_junior() -> None:
    story = Story()
    pair = accept(story.open(), by=story.alice)

    decline(pair, by=story.bob, because="Too proud.")

    assert messages(story.alice) == ["pair_asked", "pair_not_available"]
    text = Message.objects.get(key__startswith="pair_not_available").text
    assert "Bob is not available" in text
    assert "proud" not in text


def test_decline_also_takes_back_the_yes_of_the_junior() -> None:
    story = Story()
    pair = accept(story.open(), by=story.alice)

    pair = decline(pair, by=story.alice)

    assert pair.status == "declined"
    assert messages(story.bob) == ["pair_asked", "pair_not_available"]


def test_decline_keeps_its_reason_from_the_audit_and_encrypted_in_the_database() -> None:
    from django.db import connection  # noqa: PLC0415

    story = Story()
    pair = decline(story.open(), by=story.alice, because="We do not get on.")

    entry = AuditEntry.objects.get(action="pair.not_available")
    assert (entry.by, entry.changes) == (None, {})
    with connection.cursor() as cursor:
        cursor.execute("SELECT no_because FROM mentoring_pair WHERE id = %s", [pair.pk])
        assert "get on" not in cursor.fetchone()[0]
    pair.refresh_from_db()
    assert pair.no_because == "We do not get on."


def test_whose_no_it_was_stands_in_no_audit_row() -> None:
    trails = []
    for stage in ("junior", "senior", "silence"):
        story = Story()
        pair = story.open()
        if stage != "junior":
            pair = accept(pair, by=story.alice)
        if stage == "silence":
            expire(pair, now=timezone.now() + dt.timedelta(days=30))
        else:
            decline(pair, by=getattr(story, {"junior": "alice", "senior": "bob"}[stage]))
        rows = AuditEntry.objects.filter(object_type="pair", object_id=pair.pk).order_by("pk")
        trails.append([(row.action, row.by == story.dana, row.changes) for row in rows])

    assert trails[0] == trails[1] == trails[2]


def test_decline_is_for_the_one_who_is_asked() -> None:
    story = Story()
    pair = story.open()

    for person in (story.bob, story.dana):
        with pytest.raises(TransitionError):
            decline(pair, by=person)


def test_expire_ends_what_nobody_answered_in_time_and_not_before() -> None:
    story = Story()
    pair = story.open()
    with pytest.raises(TransitionError):
        expire(pair)

    pair = expire(pair, now=timezone.now() + dt.timedelta(days=30))

    assert (pair.status, pair.get_status_display(), pair.no_from) == ("expired", "Not available", None)
    assert (messages(story.alice), messages(story.bob)) == (["pair_asked", "pair_lapsed"], [])


def test_withdraw_invitation_is_hrs_and_tells_those_who_knew() -> None:
    story = Story()
    pair = story.open()
    with pytest.raises(TransitionError):
        withdraw_invitation(pair, by=story.alice)
    Message.objects.update(read_at=timezone.now(), status=Message.Status.SENT, sent_at=timezone.now())

    pair = withdraw_invitation(pair, by=story.dana)

    assert pair.status == "withdrawn"
    assert (messages(story.alice), messages(story.bob)) == (["pair_asked", "pair_withdrawn"], [])


def test_withdrawn_beginning_frees_both_tells_both_and_offers_the_junior_a_new_pair() -> None:
    story = Story()
    pair = story.open()
    accept(pair, by=story.alice)
    accept(pair, by=story.bob)
    make_meeting(pair=pair)

    pair = withdraw_invitation(pair, by=story.dana)

    assert (messages(story.alice)[-1], messages(story.bob)[-1]) == ("beginning_withdrawn", "beginning_withdrawn")
    assert AuditEntry.objects.get(action="pair.withdrawn").by == story.dana
    assert not pair.meetings.planned().exists()
    offered = Enrolment.objects.exclude(new_pair_offered_at=None)
    assert [enrolment.person for enrolment in offered] == [story.alice]


def test_nobody_in_hr_takes_a_pair_of_their_own_back_for_the_audit_would_name_their_no() -> None:
    pair = make_pair(mentee=make_dana(level=7), status="beginning")

    with pytest.raises(TransitionError, match="answer it with a no, privately"):
        withdraw_invitation(pair, by=pair.mentee)


def test_an_end_before_the_start_tells_the_apps_above() -> None:
    story = Story()
    heard: list[Pair] = []
    pair_not_started.connect(listener := lambda pair, **_: heard.append(pair))

    pair = decline(story.open(), by=story.alice)

    assert heard == [pair]
    assert listener


def test_a_listener_that_fails_undoes_the_answer() -> None:
    story = Story()
    pair = story.open()

    def fail(**_: object) -> None:
        raise RuntimeError

    pair_not_started.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            decline(pair, by=story.alice)
    finally:
        pair_not_started.disconnect(fail)

    pair.refresh_from_db()
    assert pair.status == "asking_junior"


@pytest.mark.parametrize("status", ["active", "paused", "completed", "ended", "declined", "expired", "withdrawn"])
def test_nothing_is_answered_once_it_is_answered(status: str) -> None:
    pair = make_pair(status=status)
    later = timezone.now() + dt.timedelta(days=99)

    for move in (
        lambda: accept(pair, by=pair.mentor),
        lambda: decline(pair, by=pair.mentor),
        lambda: expire(pair, now=later),
        lambda: withdraw_invitation(pair, by=make_dana()),
    ):
        with pytest.raises(TransitionError):
            move()
    assert pairs.Status(status) == Pair.objects.get().status
