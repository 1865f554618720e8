"""Slow progress, a brainstorm, changed goals: two browsers, with the clock's sweep in a worker."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from goals.actions.pace import begin
from goals.models import Brainstorm, Pace
from goals.tasks import look_after_pairs
from insights.actions.refresh import refresh
from mentoring.models import Pair
from tests.builders import make_alice, make_bob, make_dana, make_goal, make_meeting, make_pair, make_programme
from tests.support.site import Site

DAY = dt.timedelta(days=1)


def test_slow_progress_opens_a_brainstorm_whose_decisions_change_the_goals(
    site: Site, new_page: Callable[..., Page]
) -> None:
    now, dana = timezone.now(), make_dana()
    programme = make_programme(starts_on=now.date() - 60 * DAY)
    pair = make_pair(mentor=make_alice(), mentee=make_bob(), programme=programme, started_at=now - 60 * DAY)
    make_meeting(pair=pair, starts_at=now - 40 * DAY, status="held")
    goal = make_goal(pair=pair, title="Run the whole channel", due_on=now.date() - 10 * DAY)
    begin(pair, now)
    Pace.objects.update(look_at=now)

    look_after_pairs.delay()
    site.wait_until(lambda: Brainstorm.objects.exists())
    alice, bob = new_page(width=390), new_page()
    for page, person in ((alice, pair.mentor), (bob, pair.mentee)):
        site.sign_in(page, person)
        see_why_it_opened(page, pair)

    both_write_and_choose(alice, bob)
    propose_another_goal(alice, by=now.date() + 30 * DAY)
    goal.refresh_from_db()
    assert goal.title == "Run the whole channel"  # Bob's goal waits for Bob
    say_yes_to_another_goal(bob)
    assert Brainstorm.objects.get().status == "decided"

    # It did not help: HR is told of the pair, and of nothing else.
    Pace.objects.update(look_at=now)
    Brainstorm.objects.update(look_at=now)
    look_after_pairs.delay()
    site.wait_until(lambda: Brainstorm.objects.get().status == "stuck")
    refresh(programme)
    desk = new_page()
    site.sign_in(desk, dana)
    desk.goto(f"/hr/dashboard/{programme.pk}/needs/")
    expect(desk.get_by_text("A brainstorm has not helped yet.")).to_be_visible()
    expect(desk.get_by_text("Board papers")).to_have_count(0)


def see_why_it_opened(page: Page, pair: Pair) -> None:
    """In words that blame nobody."""
    page.goto(f"/pairs/{pair.pk}/")
    page.get_by_role("link", name="Open the brainstorm").click()
    expect(page.get_by_text("You have not met for 40 days, and no meeting is planned.")).to_be_visible()
    expect(page.get_by_text("A goal is past its date.")).to_be_visible()


def both_write_and_choose(alice: Page, bob: Page) -> None:
    for way in ("Half an hour every week", "A smaller goal"):
        alice.get_by_label("A new way").fill(way)
        alice.get_by_role("button", name="Add it to “Five new ways”").click()
    alice.get_by_role("button", name="Choose: A smaller goal").click()
    bob.reload()
    bob.get_by_label("Something in the way").fill("Board papers")
    bob.get_by_role("button", name="Add it to “What is in the way”").click()
    bob.get_by_role("button", name="Choose: A smaller goal").click()


def propose_another_goal(alice: Page, *, by: dt.date) -> None:
    alice.reload()
    alice.get_by_role("link", name="Say what becomes of: A smaller goal").click()
    alice.get_by_label("Another goal or date instead").check()
    alice.get_by_label("Which goal?").select_option(label="Bob: Run the whole channel")
    alice.get_by_label("In a few words").fill("One post, start to end")
    alice.get_by_label("By when?").fill(by.isoformat())
    alice.get_by_role("button", name="Note it").click()
    alice.get_by_role("button", name="Make it so").click()
    expect(alice.get_by_text("You have said yes.")).to_be_visible()


def say_yes_to_another_goal(bob: Page) -> None:
    bob.reload()
    bob.get_by_role("button", name="Make it so").click()
    expect(bob.get_by_text("Done as decided")).to_be_visible()
    bob.get_by_role("link", name="See the goal").click()
    expect(bob.get_by_role("heading", level=1)).to_have_text("One post, start to end")


def test_a_hand_is_raised_on_a_phone_and_answered_while_the_partner_sees_nothing(
    site: Site, new_page: Callable[..., Page]
) -> None:
    dana, pair = make_dana(), make_pair()
    alice, bob, desk = new_page(width=390), new_page(), new_page()
    for page, person in ((alice, pair.mentor), (bob, pair.mentee), (desk, dana)):
        site.sign_in(page, person)
    bob.goto(f"/pairs/{pair.pk}/")
    before = bob.locator("main").inner_text()

    alice.goto(f"/pairs/{pair.pk}/")
    alice.get_by_role("link", name="Ask HR in private").last.click()
    expect(alice.get_by_label("Is it about one of your pairs?")).to_have_value(str(pair.pk))
    alice.get_by_label("How we talk to each other").check()
    alice.get_by_label("In your words").fill("He calls me a rookie.")
    alice.get_by_role("button", name="Send it to HR").click()
    expect(alice.get_by_text("HR has it.")).to_be_visible()

    desk.goto("/hr/hands/")
    desk.get_by_role("link", name="Open what Alice asked").click()
    desk.get_by_label("Your message").fill("Shall we talk on Monday?")
    desk.get_by_role("button", name="Send it").click()
    alice.reload()
    expect(alice.get_by_text("Shall we talk on Monday?")).to_be_visible()

    bob.reload()
    assert bob.locator("main").inner_text() == before
    bob.goto("/messages/")
    expect(bob.get_by_text("No messages yet")).to_be_visible()
