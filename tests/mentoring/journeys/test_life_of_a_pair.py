"""The private no after the introduction, and an early end with the new pair that follows, in real browsers."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from matching.candidates import gather
from mentoring.actions import beginnings
from mentoring.models import Pair
from tests.builders import make_dana, make_goal, make_meeting, make_pair
from tests.support.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.stack]
ALL_DAY = {"work_starts": dt.time(0), "work_ends": dt.time(23, 59), "working_days": [1, 2, 3, 4, 5, 6, 7]}
THE_END = """You do not go on
This pair did not start. Nobody is told why, HR included, and it says nothing about you. Your place is free, and the \
next round of matching counts you in."""


def begun() -> Pair:
    """Both have read their briefing, and the time of their introduction has come."""
    now = timezone.now()
    pair = make_pair(status="beginning", mentor_briefed_at=now, mentee_briefed_at=now)
    make_meeting(pair=pair, starts_at=now - dt.timedelta(hours=1), accepted_at=now, status="held")
    return pair


def seen_by(page: Page, pair: Pair) -> list[str]:
    """Every word on every page on which a no could show."""
    words = []
    for address in (f"/pairs/{pair.pk}/", f"/pairs/{pair.pk}/invitation/", "/pairs/", "/", "/messages/"):
        page.goto(address)
        words.append(page.locator("body").inner_text())
    return words


def test_a_private_no_after_the_introduction_shows_nothing_to_the_other(
    site: Site, new_page: Callable[..., Page]
) -> None:
    pair, dana = begun(), make_dana()
    alice, bob, hr = new_page(width=390), new_page(), new_page()
    for page, person in ((alice, pair.mentor), (bob, pair.mentee), (hr, dana)):
        site.sign_in(page, person)
    bob.goto(f"/pairs/{pair.pk}/go-on/")
    bob.get_by_role("button", name="I would like to go on").click()
    expect(bob.get_by_text("Kept, for your eyes only.")).to_be_visible()
    his, hrs = seen_by(bob, pair), seen_by(hr, pair)

    alice.goto("/")
    alice.get_by_role("link", name="Say it").first.click()
    alice.get_by_role("button", name="Not this one").click()
    expect(alice.get_by_text("You said: not this one.")).to_be_visible()

    assert seen_by(bob, pair) == his
    assert seen_by(hr, pair) == hrs

    Pair.objects.filter(pk=pair.pk).update(answer_by=timezone.now())
    beginnings.decide_due(timezone.now())  # which beat would do within a minute
    for page in (alice, bob):
        page.goto(f"/pairs/{pair.pk}/")
        expect(page.locator("main .card--accent")).to_have_text(THE_END.replace("\n", " "), use_inner_text=False)
        expect(page.get_by_text("Not this one")).to_have_count(0)
    hr.goto(f"/pairs/{pair.pk}/")
    expect(hr.locator("main .badge").first).to_have_text("Did not go on")
    told = [person.user.outbox.get(key__startswith="pair_parted") for person in pair.people]
    assert len({message.text.partition("http")[0].replace("Alice", "X").replace("Bob", "X") for message in told}) == 1


def test_an_early_end_and_the_new_pair(site: Site, new_page: Callable[..., Page]) -> None:
    pair, dana = make_pair(), make_dana()
    make_goal(pair=pair, learner=pair.mentee, title="Post once a week")
    alice, bob, hr = new_page(width=390), new_page(), new_page()
    for page, person in ((alice, pair.mentor), (bob, pair.mentee), (hr, dana)):
        site.sign_in(page, person)

    bob.goto(f"/pairs/{pair.pk}/end/")
    bob.get_by_label("There was too little time").check()
    bob.get_by_label("In your own words").fill("She is too quick for me.")
    bob.get_by_role("button", name="End the pair").click()
    expect(bob.get_by_text("The pair has ended, and your place is free again.")).to_be_visible()

    alice.goto(f"/pairs/{pair.pk}/")
    expect(alice.get_by_text("This pair has come to its end")).to_be_visible()
    message = pair.mentor.user.outbox.get(key__startswith="pair_ended")
    assert "it says nothing about you" in message.text
    assert "You are offered a new pair at once, and first" in message.text
    for page in (alice, hr):
        page.goto(f"/pairs/{pair.pk}/")
        expect(page.get_by_text("too quick")).to_have_count(0)
        expect(page.get_by_text("too little time")).to_have_count(0)

    alice.goto("/")
    alice.get_by_role("button", name="Yes, find me somebody").click()
    expect(alice.get_by_text("You come first when the next pairs are found.")).to_be_visible()
    expect(alice.get_by_role("button", name="Yes, find me somebody")).to_have_count(0)
    hr.goto("/")
    expect(hr.get_by_text("1 person would like a new pair")).to_be_visible()
    assert pair.programme is not None
    found = gather(pair.programme)
    waiting = {int(key): int(runs) for key, runs in zip(found.people.keys, found.people.waiting, strict=True)}
    assert waiting[pair.mentor_id] > waiting[pair.mentee_id] == 0

    another = make_pair(mentor=dana, mentee=pair.mentee, programme=pair.programme)
    bob.goto(f"/pairs/{another.pk}/")
    bob.get_by_role("button", name="Take it up again: Post once a week").click()
    expect(bob.locator("#goals").get_by_text("Post once a week")).to_be_visible()
