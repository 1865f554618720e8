"""HR designs a programme in a browser, for some; a worker tells those; two join, are asked one after the other, and
start."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from mentoring.actions.pairs import open_pair
from mentoring.models import Pair, Person, Programme
from mentoring.tasks.programmes import announce
from tests.builders import (
    ALL_HOURS,
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_offer,
    make_pair,
    make_skill,
    make_wish,
)  # fmt: skip
from tests.support.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.django_db(transaction=True)]


def test_a_programme_is_designed_launched_joined_and_its_first_pair_says_yes(
    site: Site, new_page: Callable[..., Page]
) -> None:
    alice, bob, dana = make_alice(**ALL_HOURS), make_bob(**ALL_HOURS), make_dana(**ALL_HOURS)
    skill, charlie = make_skill(), make_charlie(**ALL_HOURS)
    make_offer(person=alice, skill=skill)
    make_wish(person=bob, skill=skill)
    hr, hers, his, others = new_page(), new_page(width=390), new_page(dark=True), new_page()
    for page, person in ((hr, dana), (hers, alice), (his, bob), (others, charlie)):
        site.sign_in(page, person)

    choose_for_whom(hr, named=bob)
    choose_the_days(hr)
    write_the_guide(hr)
    ask_and_launch(hr)
    programme = Programme.objects.get()
    announce.delay()
    site.wait_until(lambda: len(site.mails.mails) == 2)
    assert {str(mail["Subject"]) for mail in site.mails.mails} == {"“Across levels” is open for enrolment"}
    others.goto("/programmes/")
    expect(others.get_by_text("No programme yet")).to_be_visible()
    assert others.request.get(f"/programmes/{programme.pk}/enrol/").status == 404

    join(hers, "mentor")
    join(his, "mentee")
    hr.reload()
    hr.get_by_role("link", name="Answers at sign-up").click()
    expect(hr.get_by_text("An hour a month.")).to_have_count(2)

    pair = open_pair(programme, mentor=alice, mentee=bob, skill=skill, by=dana, reasons=["Bob wants what you offer."])
    both_say_yes(hers, his)
    pair.refresh_from_db()
    assert pair.status == Pair.Status.BEGINNING


def choose_for_whom(hr: Page, *, named: Person) -> None:
    hr.goto("/programmes/")
    hr.get_by_role("link", name="Design a programme").first.click()
    hr.get_by_label("Name", exact=True).fill("Across levels")
    hr.get_by_label("Purpose").fill("To learn from each other.")
    hr.get_by_role("button", name="Save the draft and go on").click()
    hr.get_by_text("Only those who are chosen here").click()
    hr.get_by_role("group", name="Departments").get_by_text("Marketing").click()
    hr.get_by_label("Name people").fill(named.user.email)
    hr.get_by_role("button", name="Save and go on").click()


def choose_the_days(hr: Page) -> None:
    """A day that cannot be first."""
    hr.get_by_label("Enrolment closes on").fill("2020-01-01")
    hr.get_by_role("button", name="Save and go on").click()
    expect(hr.get_by_text("Enrolment must close on or after the day it opens.").first).to_be_visible()
    hr.get_by_label("Enrolment closes on").fill(f"{timezone.localdate()}")


def write_the_guide(hr: Page) -> None:
    for step in ("What a pair takes on", "Rules and weights", "What participants should know"):
        hr.get_by_role("button", name="Save and go on").click()
        expect(hr.get_by_role("heading", name=step, level=1)).to_be_visible()
    hr.get_by_role("button", name="Preview the guide").click()
    expect(hr.get_by_role("heading", name="What reverse mentoring is")).to_be_visible()
    hr.get_by_role("button", name="Save and go on").click()


def ask_and_launch(hr: Page) -> None:
    hr.get_by_label("Question", exact=True).fill("What would help you?")
    hr.get_by_role("button", name="Add the question").click()
    hr.get_by_role("link", name="Go on").click()
    expect(hr.get_by_text("2 people would be told")).to_be_visible()
    hr.get_by_role("button", name="Launch it").click()
    expect(hr.get_by_text("the messages are going out")).to_be_visible()


def join(page: Page, role: str) -> None:
    page.goto("/programmes/")
    page.get_by_role("link", name="Across levels").click()
    page.get_by_role("link", name="Join this programme").click()
    page.get_by_role("group", name=f"Pairs as a {role}").get_by_text("2", exact=True).click()
    page.get_by_label("What would help you?").fill("An hour a month.")
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_role("heading", name="You are enrolled")).to_be_visible()


def both_say_yes(hers: Page, his: Page) -> None:
    """One after the other: he learns of her with her yes."""
    his.goto("/")
    expect(his.get_by_text("Alice")).to_have_count(0)

    hers.goto("/")
    hers.get_by_role("link", name="See it and answer").first.click()
    expect(hers.get_by_text("Bob wants what you offer.")).to_be_visible()
    hers.get_by_role("button", name="Yes, I would like to").click()
    expect(hers.get_by_role("heading", name="Your yes is with us")).to_be_visible()

    his.goto("/pairs/")
    his.get_by_role("link", name="Alice").click()
    his.get_by_role("button", name="Yes, I would like to").click()
    expect(his.get_by_role("heading", name="You both said yes")).to_be_visible()


def test_a_no_in_the_dialog_tells_the_other_side_nothing_but_not_available(
    site: Site, new_page: Callable[..., Page]
) -> None:
    pair = make_pair(status="asking_senior")
    hers, his = new_page(), new_page()
    site.sign_in(hers, pair.mentor)
    site.sign_in(his, pair.mentee)

    his.goto(f"/pairs/{pair.pk}/invitation/")
    his.get_by_role("link", name="Not this time…").click()
    his.get_by_label("Why not this time?").select_option("The skill does not fit")
    his.get_by_role("button", name="Not this time", exact=True).click()
    expect(his.get_by_role("heading", name="You said: not this time")).to_be_visible()

    hers.goto("/pairs/")
    expect(hers.get_by_role("listitem").filter(has_text="Bob").get_by_text("Not available")).to_be_visible()
    hers.get_by_role("link", name="Bob").click()
    expect(hers.get_by_role("heading", name="This is no longer open")).to_be_visible()
    expect(hers.get_by_text("does not fit")).to_have_count(0)
