"""Agreement, goals and check-ins in a real Chromium, with worker and mail server running."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from goals.actions.agreements import begin, save_draft
from goals.agreement_words import answers_of
from goals.models import Agreement, CheckIn, Signature
from goals.tasks import look_after_check_ins
from mentoring.models import Pair, Person
from tests.builders import ALL_HOURS, make_alice, make_bob, make_check_in, make_goal, make_pair, make_wish
from tests.support.site import Site

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def findings(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page, options=WCAG).response["violations"]
    return [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]


def test_agreement_is_drafted_and_signed_by_two_browsers_at_once(site: Site, new_page: Callable[..., Page]) -> None:
    pair = make_pair()
    begin(pair)
    alice, bob = new_page(), new_page(width=390)
    for page, person in ((alice, pair.mentor), (bob, pair.mentee)):
        site.sign_in(page, person)
        page.goto(f"/pairs/{pair.pk}/agreement/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Write your agreement")

    # Both write at once; Alice saves first.
    alice.get_by_label("What Alice wants out of it").fill("To be heard.")
    alice.get_by_label("Where we meet").fill("Room 4")
    bob.get_by_label("What Bob wants out of it").fill("To understand it.")
    bob.get_by_label("Where we meet").fill("The café")
    alice.get_by_role("button", name="Save the draft").click()
    expect(alice.get_by_text("Version 1, a draft")).to_be_visible()

    # Bob loses nothing, and sees what she wrote.
    bob.get_by_role("button", name="Save and sign").click()
    expect(bob.get_by_role("heading", name="Alice saved version 1 while you were writing")).to_be_visible()
    expect(bob.get_by_label("What Bob wants out of it")).to_have_value("To understand it.")
    expect(bob.get_by_label("What Alice wants out of it")).to_have_value("To be heard.")
    expect(bob.get_by_label("Where we meet")).to_have_value("The café")
    expect(bob.get_by_text("Alice wrote meanwhile: “Room 4”.")).to_be_visible()
    bob.get_by_role("button", name="Save and sign").click()
    expect(bob.get_by_text("Signed. Your partner is told.")).to_be_visible()

    # Alice signs what she still has before her: it has just changed, and the page says so.
    alice.get_by_role("button", name="Sign version 1").click()
    expect(alice.get_by_text("Bob changed the agreement after you opened this page")).to_be_visible()
    alice.get_by_role("button", name="Sign version 2").click()
    expect(alice.get_by_text("In force: both of you have signed version 2.")).to_be_visible()

    assert [signature.version.number for signature in Signature.objects.select_related("version")] == [2, 2]
    alice.get_by_role("link", name="Print", exact=True).click()
    expect(alice.get_by_role("heading", name="Signed by both")).to_be_visible()
    expect(alice.get_by_role("link", name="Save as PDF")).to_be_visible()


def test_two_browsers_sign_at_the_same_moment(site: Site, new_page: Callable[..., Page]) -> None:
    pair = make_pair()
    agreement = begin(pair)
    assert agreement is not None
    save_draft(agreement, by=pair.mentor, version=0, answers={**answers_of(agreement), "place": "Room 4"})
    pages = [new_page(), new_page()]
    for page, person in zip(pages, pair.people, strict=True):
        site.sign_in(page, person)
        page.goto(f"/pairs/{pair.pk}/agreement/")

    # Sent from within the pages, so that neither waits for the other's answer.
    for page in pages:
        page.evaluate("window.unsigned = true; document.querySelector('form[action$=\"/sign/\"]').requestSubmit()")
    site.wait_until(lambda: Signature.objects.count() == 2)
    for page in pages:
        page.wait_for_function("!window.unsigned")  # its own answer has come, and would break off the next page
        page.goto(f"/pairs/{pair.pk}/agreement/")
        expect(page.get_by_text("In force: both of you have signed version 1.")).to_be_visible()

    assert Agreement.objects.get().versions.signed_by_both().count() == 1


def test_check_in_is_answered_with_one_tap_from_the_mail(site: Site, new_page: Callable[..., Page]) -> None:
    pair = make_pair(mentor=make_alice(**ALL_HOURS))
    make_check_in(pair=pair, person=pair.mentor, remind_at=timezone.now())
    look_after_check_ins.delay()
    site.wait_until(lambda: site.mails.mails)
    [mail] = site.mails.mails
    link = re.search(r"https?://\S+/check-ins/by-mail/\S+", mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert link is not None
    path = "/check-ins/by-mail/" + link.group().partition("/check-ins/by-mail/")[2]

    phone = new_page(width=390)
    phone.goto(path)
    assert findings(phone) == []
    for question, answer in (("Are you happy", "Mostly"), ("Do you get", "Very much"), ("How is the", "So-so")):
        phone.get_by_role("group", name=question).get_by_label(answer).check()
    phone.get_by_role("button", name="Send my answer").click()

    expect(phone.get_by_text("Your answer is kept")).to_be_visible()
    row = CheckIn.objects.get(number=1)
    assert (row.status, row.happiness, row.information, row.progress) == ("answered", 4, 5, 3)
    phone.goto(path)
    expect(phone.get_by_text("It was answered, or its time is over")).to_be_visible()


def test_milestones_are_ticked_in_place(site: Site, new_page: Callable[..., Page]) -> None:
    goal = make_goal(pair=make_pair())
    goal.milestones.create(title="Look around")
    page = new_page()
    site.sign_in(page, goal.learner)
    page.goto(f"/goals/{goal.pk}/")

    page.get_by_role("button", name="Done: Look around").click()
    expect(page.get_by_role("button", name="Done: Look around")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Done: Look around")).to_be_focused()
    page.get_by_label("Another step").fill("Post once")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("1 of 2")).to_be_visible()

    assert page.url.endswith(f"/goals/{goal.pk}/")
    assert goal.milestones.filter(done_at__isnull=False).count() == 1


@pytest.mark.parametrize(("width", "dark"), [(390, True), (1280, False)])
def test_no_accessibility_findings_and_nothing_too_wide(
    site: Site, new_page: Callable[..., Page], width: int, dark: bool
) -> None:
    pair, person = everything()
    page = new_page(width=width, dark=dark)
    site.sign_in(page, person)
    goal, checked = pair.goals.get(), person.check_ins.first()
    assert checked is not None

    for path in (
        f"/pairs/{pair.pk}/", f"/pairs/{pair.pk}/agreement/", f"/pairs/{pair.pk}/agreement/edit/",
        f"/pairs/{pair.pk}/agreement/1/", f"/pairs/{pair.pk}/goals/new/", f"/goals/{goal.pk}/",
        f"/goals/{goal.pk}/edit/", f"/check-ins/{checked.pk}/",
    ):  # fmt: skip
        page.goto(path)
        assert (path, findings(page)) == (path, [])
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (path, wider) == (path, 0)


def everything() -> tuple[Pair, Person]:
    """Bob's pair with something of each."""
    bob = make_bob()
    pair = make_pair(mentee=bob)
    agreement = begin(pair)
    assert agreement is not None
    save_draft(agreement, by=bob, version=0, answers={**answers_of(agreement), "place": "Room 4"})
    wish = make_wish(person=bob, skill=pair.skill)
    goal = make_goal(pair=pair, wish=wish, level_at_start=1, level_now=3, progress=40, due_on=dt.date(2020, 1, 1))
    goal.milestones.create(title="Look around", done_at=timezone.now())
    goal.milestones.create(title="Post once")
    for number in (1, 2):
        make_check_in(pair=pair, person=bob, number=number, status="answered", words="It goes well.")
    return pair, bob
