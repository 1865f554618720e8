"""The life of a pair with the keyboard alone, as its junior: no click, and the focus can be seen wherever it stands."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from goals.models import CheckIn, Feedback, Hand
from mentoring.actions import beginnings
from mentoring.models import Pair
from tests.builders import ALL_HOURS, make_alice, make_bob, make_dana, make_meeting, make_pair
from tests.support.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.stack]
MOST_STOPS = 60
NAME = """() => { const e = document.activeElement;
  const label = e.labels && e.labels[0] ? e.labels[0].innerText : '';
  return (e.getAttribute('aria-label') || label || e.innerText || '').trim().replace(/\\s+/g, ' ') }"""
SEEN = """() => { const s = getComputedStyle(document.activeElement);
  return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none' }"""


def to(page: Page, name: str) -> None:
    """Tabs to what is called so; at each stop the focus can be seen."""
    passed = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = page.evaluate(NAME)
        if here:
            assert page.evaluate(SEEN), f"no focus to be seen on “{here}”"
        if here.startswith(name):
            return
        passed.append(here)
    raise AssertionError(f"“{name}” is not reached: {passed}")


def press(page: Page, name: str) -> None:
    """A link or a button, which leads on."""
    to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, name: str, key: str = "Space") -> None:
    to(page, name)
    page.keyboard.press(key)


def write(page: Page, name: str, words: str) -> None:
    to(page, name)
    page.keyboard.type(words)


def test_a_junior_walks_from_the_briefing_to_feedback_with_the_keyboard_alone(site: Site, page: Page) -> None:
    make_dana()
    pair = make_pair(mentor=make_alice(**ALL_HOURS), mentee=make_bob(**ALL_HOURS), status="beginning")
    Pair.objects.update(mentor_briefed_at=None)
    site.sign_in(page, pair.mentor)

    walk_through_the_beginning(page, pair)
    answer_a_check_in(page, pair)
    give_feedback(page, pair)
    page.goto("/hands/new/")
    choose(page, "We hardly meet")
    write(page, "In your words", "He is never there.")
    press(page, "Send it to HR")
    expect(page.get_by_text("HR has it.")).to_be_visible()
    assert Hand.objects.get().topic == "meetings"


def walk_through_the_beginning(page: Page, pair: Pair) -> None:
    """Briefing, a time for the introduction, the private answer."""
    page.goto(f"/pairs/{pair.pk}/")
    press(page, "Read it")
    press(page, "I have read it")
    expect(page.get_by_text("The next step is below.")).to_be_visible()
    press(page, "Choose a time")
    expect(page.get_by_role("heading", name="Times that suit you both")).to_be_visible()
    press(page, page.locator(".times__time").first.inner_text().split("\n")[0])
    expect(page.get_by_text("Planned:")).to_be_visible()
    pair.meetings.all().delete()
    make_meeting(pair=pair, starts_at=timezone.now() - dt.timedelta(hours=1), accepted_at=timezone.now())
    page.goto(f"/pairs/{pair.pk}/go-on/")
    press(page, "I would like to go on")
    expect(page.get_by_text("Kept, for your eyes only.")).to_be_visible()
    beginnings.confirm_briefing(pair, by=pair.mentee)
    beginnings.say(pair, by=pair.mentee, goes_on=True)


def answer_a_check_in(page: Page, pair: Pair) -> None:
    """With the arrow keys."""
    CheckIn.objects.filter(person=pair.mentor).update(due_at=timezone.now())
    check_in = CheckIn.objects.get(person=pair.mentor)
    page.goto(f"/check-ins/{check_in.pk}/")
    for _ in range(3):
        choose(page, "Not at all")
        page.keyboard.press("ArrowRight")
    press(page, "Send my answer")
    check_in.refresh_from_db()
    assert (check_in.happiness, check_in.information, check_in.progress) == (2, 2, 2)


def give_feedback(page: Page, pair: Pair) -> None:
    """At once."""
    page.goto(f"/pairs/{pair.pk}/feedback/new/")
    for part in ("The situation", "What I saw", "Its effect", "What could be next"):
        write(page, part, "On Tuesday.")
    choose(page, "In a day", "ArrowDown")
    press(page, "Send it")
    expect(page.get_by_text("Sent.", exact=True)).to_be_visible()
    assert Feedback.objects.get().status == "sent"
