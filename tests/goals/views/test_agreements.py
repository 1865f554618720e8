from typing import Any

import pytest

from goals.actions.agreements import begin
from goals.models import Agreement, AgreementVersion, Signature
from mentoring.models import Pair
from tests.builders import make_charlie, make_dana, make_offer, make_pair, make_skill, make_wish
from tests.support.clients import client_of, text_of

pytestmark = pytest.mark.django_db


def begun() -> Pair:
    pair = make_pair()
    begin(pair)
    return pair


def typed(pair: Pair, *, version: int = 0, **fields: Any) -> dict[str, Any]:
    return {
        "version": version, "mentor_wants": "", "mentee_wants": "", "mentor_shares": [pair.skill_id],
        "channel": "video", "place": "", "every_weeks": 4, "minutes": 45, "invites": "mentee", "reply_within_days": 3,
        "confidentiality": "", "off_limits": "", "ending": "", **fields,
    }  # fmt: skip


def test_page_leads_to_the_form_while_nothing_is_saved() -> None:
    pair = begun()

    answer = client_of(pair.mentor).get(f"/pairs/{pair.pk}/agreement/")

    assert answer["Location"] == f"/pairs/{pair.pk}/agreement/edit/"


def test_form_asks_the_questions_and_offers_skills_of_both_inventories() -> None:
    pair = begun()
    make_offer(person=pair.mentor, skill=make_skill(name="Podcasts"))
    make_wish(person=pair.mentee, skill=make_skill(name="Hootsuite"))
    make_offer(person=make_charlie(), skill=make_skill(name="Welding"))

    page = text_of(client_of(pair.mentor).get(f"/pairs/{pair.pk}/agreement/edit/"))

    for words in (
        "What Alice wants out of it", "What Bob wants out of it", "What Bob learns from Alice", "How we meet",
        "Where we meet", "Who sends the invitations", "Days to reply to each other", "What stays between us",
        "What is off limits", "How we end it", "Podcasts", "Hootsuite (on Bob’s list)", "Social media",
    ):  # fmt: skip
        assert words in page
    assert "Welding" not in page


def test_saving_shows_what_it_says() -> None:
    pair = begun()

    page = text_of(
        client_of(pair.mentor).post(
            f"/pairs/{pair.pk}/agreement/edit/", typed(pair, mentor_wants="To be heard."), follow=True
        )
    )

    assert "Saved. It counts once both of you have signed it." in page
    assert "To be heard." in page
    assert "Version 1, a draft" in page


def test_pressing_save_twice_is_saving_once() -> None:
    pair = begun()

    for _ in range(2):
        client_of(pair.mentor).post(f"/pairs/{pair.pk}/agreement/edit/", typed(pair, mentor_wants="To be heard."))

    assert Agreement.objects.get().version == 1


def test_save_and_sign_signs_what_was_saved() -> None:
    pair = begun()

    client_of(pair.mentor).post(f"/pairs/{pair.pk}/agreement/edit/", typed(pair, place="Room 4", sign="yes"))

    signature = Signature.objects.get()
    assert (signature.person, signature.version.number) == (pair.mentor, 1)


def test_stale_page_keeps_what_was_typed_takes_what_only_the_partner_changed_and_shows_both() -> None:
    pair = begun()
    edit = f"/pairs/{pair.pk}/agreement/edit/"
    client_of(pair.mentor).post(edit, typed(pair, place="Room 4", ending="With cake.", mentor_shares=[]))

    answer = client_of(pair.mentee).post(edit, typed(pair, place="Room 5", mentee_wants="To understand it."))

    page, form = text_of(answer), answer.context["form"]
    assert answer.status_code == 409
    assert "Alice saved version 1 while you were writing" in page
    assert "Alice wrote meanwhile: “Room 4”. Keep what you wrote, or change it." in page
    assert [form[name].value() for name in ("place", "mentee_wants", "ending", "mentor_shares", "version")] == [
        "Room 5", "To understand it.", "With cake.", [], "1",
    ]  # fmt: skip
    assert Agreement.objects.get().place == "Room 4"


def test_saving_again_after_that_saves_the_two_brought_together() -> None:
    pair = begun()
    edit = f"/pairs/{pair.pk}/agreement/edit/"
    client_of(pair.mentor).post(edit, typed(pair, place="Room 4", ending="With cake."))
    form = client_of(pair.mentee).post(edit, typed(pair, place="Room 5", off_limits="Pay.")).context["form"]
    again = {name: form[name].value() for name in form.fields if form[name].value() is not None}

    client_of(pair.mentee).post(edit, again)

    agreement = Agreement.objects.get()
    kept = (agreement.version, agreement.place, agreement.ending, agreement.off_limits)
    assert kept == (2, "Room 5", "With cake.", "Pay.")


def test_sign_of_a_version_that_just_changed_says_so_plainly_and_signs_nothing() -> None:
    pair = begun()
    edit, sign = f"/pairs/{pair.pk}/agreement/edit/", f"/pairs/{pair.pk}/agreement/sign/"
    client_of(pair.mentor).post(edit, typed(pair, place="Room 4"))
    client_of(pair.mentee).post(edit, typed(pair, version=1, place="Room 5"))

    page = text_of(client_of(pair.mentor).post(sign, {"version": 1}, follow=True))

    assert "Bob changed the agreement after you opened this page, so nothing was signed." in page
    assert not Signature.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "2"])
def test_sign_of_no_version_at_all_signs_nothing(version: str) -> None:
    pair = begun()
    client_of(pair.mentor).post(f"/pairs/{pair.pk}/agreement/edit/", typed(pair, place="Room 4"))

    answer = client_of(pair.mentor).post(f"/pairs/{pair.pk}/agreement/sign/", {"version": version})

    assert (answer.status_code, Signature.objects.count()) == (302, 0)


def test_both_signatures_put_it_in_force_and_a_change_is_shown_against_what_was_signed() -> None:
    pair = begun()
    edit, sign = f"/pairs/{pair.pk}/agreement/edit/", f"/pairs/{pair.pk}/agreement/sign/"
    client_of(pair.mentor).post(edit, typed(pair, place="Room 4", sign="yes"))
    page = text_of(client_of(pair.mentee).post(sign, {"version": 1}, follow=True))
    assert "Both of you have signed: the agreement is in force." in page

    client_of(pair.mentee).post(edit, typed(pair, version=1, place="Room 5"))
    page = text_of(client_of(pair.mentor).get(f"/pairs/{pair.pk}/agreement/"))

    assert "Version 1 stays in force until both have signed version 2." in page
    assert "What changed since you signed" in page
    assert "<del>Room 4</del>" in page
    assert "<ins>Room 5</ins>" in page


def test_version_is_printed_with_its_signers_and_times() -> None:
    pair = begun()
    client_of(pair.mentor).post(f"/pairs/{pair.pk}/agreement/edit/", typed(pair, place="Room 4", sign="yes"))
    Signature.objects.update(signed_at="2026-07-01T13:05:00Z")

    page = text_of(client_of(pair.mentee).get(f"/pairs/{pair.pk}/agreement/1/"))

    assert "Agreement between Alice and Bob" in page
    assert "Signed on 1 July 2026, 14:05 BST" in page
    assert "Room 4" in page


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("every_weeks", 0, "Use 1 or more"), ("every_weeks", "", "Fill this in"),
        ("minutes", 500, "Use 240 or less"), ("reply_within_days", "soon", "whole number"),
        ("ending", "x" * 1001, "at most 1000 characters"), ("place", "x" * 10000, "at most 200 characters"),
        ("invites", "nobody", "Choose from the list"), ("mentor_shares", [0], "Choose from the list"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_at_its_field_and_what_was_typed_is_kept(field: str, value: Any, error: str) -> None:
    pair = begun()

    answer = client_of(pair.mentor).post(
        f"/pairs/{pair.pk}/agreement/edit/", typed(pair, mentor_wants="To be heard.", **{field: value})
    )

    assert error in str(answer.context["form"].errors[field])
    assert "To be heard." in text_of(answer)
    assert Agreement.objects.get().version == 0


def test_after_the_end_it_is_read_and_no_longer_written() -> None:
    pair = begun()
    edit = f"/pairs/{pair.pk}/agreement/edit/"
    client_of(pair.mentor).post(edit, typed(pair, place="Room 4"))
    Pair.objects.update(status="ended")

    assert client_of(pair.mentor).post(edit, typed(pair, version=1, place="Room 5")).status_code == 302
    page = text_of(client_of(pair.mentor).get(f"/pairs/{pair.pk}/agreement/"))

    assert "Room 4" in page
    assert "Change it" not in page


def test_a_pair_without_an_agreement_gets_one_when_it_is_opened() -> None:
    pair = make_pair()

    assert client_of(pair.mentor).get(f"/pairs/{pair.pk}/agreement/edit/").status_code == 200
    assert AgreementVersion.objects.get().number == 0


def test_it_is_between_the_two() -> None:
    pair = begun()
    client_of(pair.mentor).post(f"/pairs/{pair.pk}/agreement/edit/", typed(pair, place="Room 4"))

    for person, status in ((make_charlie(), 404), (make_dana(), 403)):
        for path in ("", "edit/", "1/"):
            assert client_of(person).get(f"/pairs/{pair.pk}/agreement/{path}").status_code == status


def test_quick_questions_have_none() -> None:
    pair = make_pair(kind=Pair.Kind.QUICK)

    assert client_of(pair.mentor).get(f"/pairs/{pair.pk}/agreement/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_however_many_versions_and_skills_there_are(
    count: int, django_assert_num_queries: Any
) -> None:
    pair = begun()
    alice, bob = client_of(pair.mentor), client_of(pair.mentee)
    for n in range(count):
        make_offer(person=pair.mentor, skill=make_skill(name=f"Skill {n}"))
        alice.post(f"/pairs/{pair.pk}/agreement/edit/", typed(pair, version=n, place=f"Room {n}", sign="yes"))
        bob.post(f"/pairs/{pair.pk}/agreement/sign/", {"version": n + 1})
    alice.get("/messages/")

    with django_assert_num_queries(9):
        alice.get(f"/pairs/{pair.pk}/agreement/")
    with django_assert_num_queries(12):
        alice.get(f"/pairs/{pair.pk}/agreement/edit/")
