import datetime as dt
from collections.abc import Callable

import pytest

from mentoring.models import Pair, Person
from mentoring.notices import consent
from notifications.models import Message
from tests.builders import make_alice, make_bob, make_pair, make_skill

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)  # a Monday


def make_asking(kind: str = "programme", **fields: object) -> Pair:
    """Taylor, the junior, in Tokyo, is asked whether she would mentor Amirah."""
    taylor = make_alice(name="Taylor", time_zone="Asia/Tokyo", job_title="Social media manager")
    amirah = make_bob(name="Amirah", time_zone="Europe/London", job_title="Chief executive")
    status = "asking_mentor" if kind == "quick" else "asking_junior"
    return make_pair(
        mentor=taylor, mentee=amirah, kind=kind, no_because="private words", question="Why?\nHow?",
        **{"status": status, "answer_by": NOON, **fields},
    )  # fmt: skip


def the_message() -> Message:
    return Message.objects.get()


def test_the_junior_reads_who_it_is_and_why_and_that_nobody_else_knows() -> None:
    consent.asked(make_asking(reasons=["She wants what you offer.", "You work in different departments."]))

    message = the_message()
    assert message.subject == "Would you like to be paired with Amirah?"
    assert message.text.startswith("Hello Taylor,\n")
    for words in (
        "Amirah, Chief executive.", "You would share Social media.", "- She wants what you offer.\n- You work in",
        "Amirah does not know of this yet", "Please answer by Monday 2 March, 21:00.",
    ):  # fmt: skip
        assert words in message.text
    assert "<li>She wants what you offer.</li>" in message.html


def test_the_senior_reads_that_the_other_would_like_to() -> None:
    pair = make_asking(status="asking_senior", both_know_since=NOON, is_exchange=True)
    pair.return_skill = make_skill(name="How decisions are made")

    consent.asked(pair)

    message = the_message()
    assert message.recipient is not None
    assert message.recipient.person == pair.mentee
    assert "Taylor would like to, and your yes lets the pair begin." in message.text
    assert "You would learn Social media, and share How decisions are made in return." in message.text
    assert "does not know" not in message.text


def test_a_question_is_quoted_line_by_line() -> None:
    consent.asked(make_asking("quick"))

    assert "> Why?\n> How?" in the_message().text


@pytest.mark.parametrize("kind", ["programme", "quick"])
@pytest.mark.parametrize("tell", [consent.not_available, consent.lapsed, consent.withdrawn])
def test_no_message_holds_a_private_word_or_says_no(kind: str, tell: Callable[[Pair, Person], None]) -> None:
    pair = make_asking(kind)

    tell(pair, pair.mentor)

    message = the_message()
    assert "Amirah" in message.subject
    for words in ("private words", "said no", "declined", "refused", "rejected"):
        assert words not in message.text


@pytest.mark.parametrize(("kind", "told"), [("programme", ["Amirah", "Taylor"]), ("quick", ["Amirah"])])
def test_a_start_is_told_to_those_who_do_not_know_yet(kind: str, told: list[str]) -> None:
    pair = make_asking(kind)

    consent.started(pair)

    assert sorted(Message.objects.values_list("recipient__person__name", flat=True)) == told
    assert set(Message.objects.values_list("url", flat=True)) == {f"/pairs/{pair.pk}/"}


@pytest.mark.parametrize("kind", ["programme", "quick"])
def test_a_reminder_is_one_for_each_time_it_fell_due(kind: str) -> None:
    pair = make_asking(kind)

    for due in (NOON, NOON, NOON + dt.timedelta(days=1)):
        consent.reminder(pair, due=due, now=NOON)

    assert Message.objects.count() == 2
    assert {message.due_at for message in Message.objects.all()} == {dt.datetime(2026, 3, 3, 0, tzinfo=dt.UTC)}


def test_nobody_is_written_to_who_does_not_know_of_it() -> None:
    pair = make_asking("quick", both_know_since=None)
    pair.junior = pair.mentee
    pair.save()

    consent.asked(pair)
    consent.reminder(pair, due=NOON, now=NOON)

    assert not Message.objects.exists()
