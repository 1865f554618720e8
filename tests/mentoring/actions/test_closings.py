"""What stays of a pair, who reads it, and the new pair that the junior is offered."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from mentoring.actions import beginnings, closings, new_pairs, pair_life
from mentoring.certificates import hours_in_words
from mentoring.dashboard import home_panels
from mentoring.models import (
    AuditEntry,
    ClosingWords,
    EarlyEnd,
    Enrolment,
    Pair,
    Person,
    Programme,
    SharedCertificate,
    TransitionError,
)
from tests.builders import make_bob, make_charlie, make_dana, make_meeting, make_pair

pytestmark = pytest.mark.django_db


def completed(**fields: object) -> Pair:
    pair = make_pair(status="completed", started_at=timezone.now() - dt.timedelta(days=100), **fields)  # type: ignore[arg-type]
    for days in (10, 40, 70):
        make_meeting(pair=pair, starts_at=timezone.now() - dt.timedelta(days=days), status="held")
    return pair


def readers(pair: Pair) -> list[str]:
    people = [*pair.people, make_charlie(), make_dana()]
    return [person.name for person in people if ClosingWords.objects.visible_to(person.user).exists()]


def offers_to(person: Person) -> list[str]:
    return [step.title for step in home_panels(person, timezone.now()) if step.title.startswith(("Would", "What"))]


@pytest.mark.parametrize(("is_shown", "who"), [(False, ["Alice"]), (True, ["Alice", "Bob"])])
def test_closing_words_are_read_by_whom_their_author_wishes(is_shown: bool, who: list[str]) -> None:
    pair = completed()

    closings.write(pair, by=pair.mentor, learned="To ask plainly.", changed="I speak up.", is_shown=is_shown)

    assert readers(pair) == who
    assert not AuditEntry.objects.exists()


def test_words_belong_to_a_completed_pair() -> None:
    pair = make_pair()

    with pytest.raises(TransitionError, match="completed"):
        closings.write(pair, by=pair.mentor, learned="Much", changed="", is_shown=False)


def test_each_is_asked_for_their_words_until_they_have_written_them() -> None:
    pair = completed()
    assert offers_to(pair.mentee) == ["What did you learn with Alice?"]

    closings.write(pair, by=pair.mentee, learned="To post.", changed="", is_shown=False)

    assert offers_to(pair.mentee) == []
    assert offers_to(pair.mentor) == ["What did you learn with Bob?"]


def test_the_certificate_has_hours_and_skills_and_not_the_partner(client: Client) -> None:
    pair = completed()
    client.force_login(pair.mentee.user)

    answer = client.get(reverse("pair-certificate", args=[pair.pk]))

    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert answer["Content-Type"] == "application/pdf"
    assert "Bob" in text
    assert "2¼ hours" in text
    assert "Social media" in text
    assert "Alice" not in text


def test_a_shared_certificate_opens_for_anybody_until_it_is_taken_back(client: Client) -> None:
    pair = completed()
    url = reverse("certificate", args=[closings.share(pair, by=pair.mentor).token])
    assert closings.share(pair, by=pair.mentor) == SharedCertificate.objects.get()
    first = client.get(url)

    closings.unshare(pair, by=pair.mentor)

    assert (first.status_code, first["Content-Type"]) == (200, "application/pdf")
    assert client.get(url).status_code == 404
    assert reverse("certificate", args=[closings.share(pair, by=pair.mentor).token]) != url


@pytest.mark.parametrize(("minutes", "words"), [(5, "¼ hour"), (60, "1 hour"), (90, "1½ hours"), (240, "4 hours")])
def test_hours_are_told_to_the_quarter(minutes: int, words: str) -> None:
    assert hours_in_words(minutes) == words


@pytest.mark.parametrize("ender", ["mentor", "mentee"])
def test_whoever_ends_it_the_junior_is_offered_a_new_pair(ender: str) -> None:
    pair = make_pair()

    pair_life.end(pair, by=getattr(pair, ender), because="private", cause="match")

    assert offers_to(pair.junior) == ["Would you like a new pair?"]
    assert offers_to(pair.senior) == []
    assert EarlyEnd.objects.get().cause == "match"


def test_a_beginning_that_does_not_go_on_offers_one_too() -> None:
    pair = make_pair(status="beginning", answer_by=timezone.now() - dt.timedelta(hours=1))

    beginnings.decide_due(timezone.now())

    assert offers_to(pair.junior) == ["Would you like a new pair?"]
    assert offers_to(pair.senior) == []


def test_one_click_takes_it_up_and_a_second_changes_nothing(client: Client) -> None:
    pair = make_pair()
    pair_life.end(pair, by=pair.mentee)
    client.force_login(pair.junior.user)

    for _ in range(2):
        client.post(reverse("new-pair", args=[pair.programme_id]))

    assert Enrolment.objects.get(person=pair.junior).comes_first
    assert offers_to(pair.junior) == []
    assert AuditEntry.objects.filter(action="enrolment.new_pair").count() == 1


def test_nobody_takes_up_what_they_were_not_offered() -> None:
    pair = make_pair()

    with pytest.raises(TransitionError, match="no longer open"):
        new_pairs.take_up(Enrolment.objects.get(person=pair.junior), by=pair.junior)


def test_a_closed_programme_offers_nothing() -> None:
    pair = make_pair()
    pair_life.end(pair, by=pair.mentee)
    Programme.objects.update(status=Programme.Status.CLOSED)

    assert offers_to(pair.junior) == []


def test_a_pair_that_starts_ends_the_wait() -> None:
    pair = make_pair()
    pair_life.end(pair, by=pair.mentee)
    new_pairs.take_up(Enrolment.objects.get(person=pair.junior), by=pair.junior)
    next_pair = make_pair(mentor=pair.mentor, mentee=make_bob(), programme=pair.programme)

    new_pairs.has_one(next_pair)

    waiting = Enrolment.objects.get(person=pair.junior)
    assert (waiting.comes_first, waiting.new_pair_offered_at) == (False, None)


def test_a_cause_leads_to_no_pair_and_no_person() -> None:
    assert {field.name for field in EarlyEnd._meta.get_fields()} == {"id", "programme", "cause"}
