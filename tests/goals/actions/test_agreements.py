import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from goals.actions.agreements import begin, save_draft, sign
from goals.agreement_words import answers_of, content_of
from goals.models import Agreement, AgreementVersion, Signature
from mentoring.models import AuditEntry, Pair, Person, TransitionError
from tests.builders import make_alice, make_bob, make_charlie, make_pair, make_programme, make_skill
from tests.goals.actions.test_check_ins import run_at_once


def begun(**fields: Any) -> Agreement:
    agreement = begin(make_pair(**fields))
    assert agreement is not None
    return agreement


def save(agreement: Agreement, *, by: Person, version: int | None = None, **answers: Any) -> Agreement:
    agreement = Agreement.objects.get(pk=agreement.pk)
    seen = agreement.version if version is None else version
    return save_draft(agreement, by=by, version=seen, answers={**answers_of(agreement), **answers})


def drafted(**answers: Any) -> Agreement:
    """Version 1, saved by Bob."""
    agreement = begun()
    return save(agreement, by=agreement.pair.mentee, **answers)


def messages(person: Person) -> list[str]:
    return [key.split(":")[0] for key in person.user.outbox.order_by("pk").values_list("key", flat=True)]


@pytest.mark.django_db
def test_begin_fills_in_what_is_known() -> None:
    programme = make_programme(meetings_planned=6, meeting_minutes_from=50)
    alice, bob = make_alice(channels=["chat", "video", "phone"]), make_bob(channels=["video", "phone"])
    back = make_skill(name="Budgets")

    agreement = begun(mentor=alice, mentee=bob, programme=programme, is_exchange=True, return_skill=back)

    assert (agreement.version, agreement.channel, agreement.every_weeks, agreement.minutes) == (0, "video", 4, 50)
    assert [skill.name for skill in agreement.mentor_shares.all()] == ["Social media"]
    assert [skill.name for skill in agreement.mentee_shares.all()] == ["Budgets"]
    assert [version.number for version in agreement.versions.all()] == [0]


@pytest.mark.django_db
def test_begin_twice_is_begin_once_and_quick_questions_have_none() -> None:
    agreement = begun()

    assert begin(agreement.pair) == agreement
    assert begin(make_pair(kind=Pair.Kind.QUICK)) is None
    assert AgreementVersion.objects.count() == 1


@pytest.mark.django_db
def test_each_save_keeps_a_version_word_for_word() -> None:
    agreement = begun()
    alice, bob = agreement.pair.people

    save(agreement, by=alice, mentor_wants="To be heard.")
    agreement = save(agreement, by=bob, mentee_wants="To understand it.")

    first, second = AgreementVersion.objects.filter(number__gt=0).order_by("number")
    assert (first.saved_by, second.saved_by, agreement.version) == (alice, bob, 2)
    assert [line["answer"] for line in first.content][:2] == ["To be heard.", ""]
    assert second.content == content_of(agreement)
    assert [line["question"] for line in second.content] == [
        "What Alice wants out of it", "What Bob wants out of it", "What Bob learns from Alice",
        "What Alice learns from Bob", "How we meet", "Where we meet", "How often we meet", "How long a meeting is",
        "Who sends the invitations", "How soon we reply to each other", "What stays between us", "What is off limits",
        "How we end it",
    ]  # fmt: skip


@pytest.mark.django_db
def test_saving_the_same_again_changes_nothing_even_from_an_old_page() -> None:
    agreement = begun()
    alice = agreement.pair.mentor
    save(agreement, by=alice, version=0, place="Room 4")

    agreement = save(agreement, by=alice, version=0, place="Room 4")

    assert agreement.version == 1


@pytest.mark.django_db
def test_save_over_a_newer_version_is_refused() -> None:
    agreement = begun()
    alice, bob = agreement.pair.people
    save(agreement, by=alice, place="Room 4")

    with pytest.raises(ValidationError) as refusal:
        save(agreement, by=bob, version=0, place="Room 5")

    assert refusal.value.code == "stale"
    agreement.refresh_from_db()
    assert (agreement.version, agreement.place) == (1, "Room 4")


@pytest.mark.django_db
def test_partner_is_told_of_drafts_once_a_day() -> None:
    agreement = begun()
    alice, bob = agreement.pair.people

    for place in ("Room 4", "Room 5", "Room 6"):
        save(agreement, by=alice, place=place)

    assert (messages(alice), messages(bob)) == ([], ["agreement_saved"])


@pytest.mark.django_db
def test_both_names_under_one_version_put_it_in_force() -> None:
    agreement = drafted(place="Room 4")
    alice, bob = agreement.pair.people

    sign(agreement, by=alice, version=1)
    assert not agreement.versions.signed_by_both().exists()
    sign(agreement, by=bob, version=1)

    assert [version.number for version in agreement.versions.signed_by_both()] == [1]
    assert (messages(bob)[-1], messages(alice)[-1]) == ("agreement_signed", "agreement_in_force")


@pytest.mark.django_db
def test_sign_twice_is_sign_once() -> None:
    agreement = drafted(place="Room 4")
    alice = agreement.pair.mentor

    sign(agreement, by=alice, version=1)
    sign(agreement, by=alice, version=1)

    assert Signature.objects.count() == AuditEntry.objects.filter(action="agreement.signed").count() == 1


@pytest.mark.django_db
def test_sign_refuses_a_version_that_just_changed_and_says_who_changed_it() -> None:
    agreement = begun()
    alice, bob = agreement.pair.people
    save(agreement, by=alice, place="Room 4")
    save(agreement, by=bob, place="Room 5")

    with pytest.raises(TransitionError) as refusal:
        sign(agreement, by=alice, version=1)

    assert str(refusal.value) == (
        "Bob changed the agreement after you opened this page, so nothing was signed. "
        "This is version 2: read what changed, then sign it."
    )
    assert not Signature.objects.exists()


@pytest.mark.django_db
def test_only_the_two_of_the_pair_write_and_sign() -> None:
    agreement, charlie = drafted(place="Room 4"), make_charlie()

    for move in (lambda: save(agreement, by=charlie, place="Room 5"), lambda: sign(agreement, by=charlie, version=1)):
        with pytest.raises(TransitionError, match="two of the pair"):
            move()


@pytest.mark.django_db
def test_sign_needs_a_saved_version() -> None:
    agreement = begun()

    with pytest.raises(TransitionError, match="Save it first"):
        sign(agreement, by=agreement.pair.mentor, version=0)


@pytest.mark.django_db
def test_a_change_needs_both_names_again() -> None:
    agreement = drafted(place="Room 4")
    alice, bob = agreement.pair.people
    for person in (alice, bob):
        sign(agreement, by=person, version=1)

    agreement = save(agreement, by=alice, place="Room 5")
    sign(agreement, by=alice, version=2)

    assert [version.number for version in agreement.versions.signed_by_both()] == [1]


@pytest.mark.django_db
def test_after_the_end_of_the_pair_it_stays_as_it_is() -> None:
    agreement = drafted(place="Room 4")
    Pair.objects.update(status="ended")

    for move in (
        lambda: save(agreement, by=agreement.pair.mentor, place="Room 5"),
        lambda: sign(agreement, by=agreement.pair.mentor, version=1),
    ):
        with pytest.raises(TransitionError, match="over"):
            move()


@pytest.mark.django_db
def test_audit_holds_numbers_of_versions_and_no_words() -> None:
    agreement = drafted(mentor_wants="A secret.", off_limits="Money.")
    sign(agreement, by=agreement.pair.mentor, version=1)

    rows = AuditEntry.objects.order_by("pk").values_list("action", "changes")
    assert list(rows) == [("agreement.changed", {"version": [0, 1]}), ("agreement.signed", {"version": 1})]


@pytest.mark.django_db(transaction=True)
def test_both_sign_at_the_same_moment() -> None:
    agreement = drafted(place="Room 4")
    alice, bob = agreement.pair.people

    run_at_once(*[lambda p=p: sign(agreement, by=p, version=1) for p in (alice, bob, alice, bob)])

    assert [version.number for version in agreement.versions.signed_by_both()] == [1]
    last = (messages(alice) + messages(bob)).count
    assert (last("agreement_signed"), last("agreement_in_force")) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_name_never_stands_under_a_version_that_came_in_between() -> None:
    agreement = drafted(place="Room 0")
    alice, bob = agreement.pair.people
    refused = threading.Event()

    def try_to_sign() -> None:
        try:
            sign(agreement, by=alice, version=1)
        except TransitionError:
            refused.set()

    run_at_once(try_to_sign, lambda: save(agreement, by=bob, version=1, place="Room 1"))

    names = list(Signature.objects.values_list("version__number", flat=True))
    assert names == ([] if refused.is_set() else [1])


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_wins_and_the_other_hears_of_it() -> None:
    agreement = begun()
    alice, bob = agreement.pair.people
    refused: list[str] = []

    def write(person: Person, place: str) -> None:
        try:
            save(agreement, by=person, version=0, place=place)
        except ValidationError as error:
            refused.append(str(error.code))

    run_at_once(lambda: write(alice, "Room 1"), lambda: write(bob, "Room 2"))

    agreement.refresh_from_db()
    assert (refused, agreement.version) == (["stale"], 1)
    assert not connection.in_atomic_block
