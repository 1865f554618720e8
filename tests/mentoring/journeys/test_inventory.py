"""The inventory and the worksheet in a real browser, with script and without."""

import pytest
from playwright.sync_api import Browser, Page, expect

from mentoring.actions import worksheet
from mentoring.models import Skill, SwotEntry
from tests.builders import make_alice, make_bob, make_offer
from tests.support.site import Site


def test_a_skill_is_found_while_typing_added_changed_and_removed(site: Site, page: Page, skills: list[Skill]) -> None:
    alice = make_alice()
    site.sign_in(page, alice)
    page.goto("/inventory/")

    page.get_by_label("Add a skill that you could teach").press_sequentially("pintrest")
    page.locator(".results").get_by_role("link", name="Pinterest").click()
    page.get_by_text("Others ask me about it").click()
    page.get_by_label("What I did with it").fill("Twelve boards for our spring range")
    page.get_by_role("button", name="Add to what I could teach").click()

    expect(page.get_by_text("You offer Pinterest.")).to_be_visible()
    offer = alice.offers.get()
    assert (offer.level, offer.used) == (4, "Twelve boards for our spring range")

    page.get_by_role("link", name="Change Pinterest").click()
    page.get_by_text("I could teach a class").click()
    page.get_by_role("button", name="Save").click()
    offer.refresh_from_db()
    assert offer.level == 5

    page.get_by_role("button", name="Remove Pinterest").click()
    expect(page.get_by_text("No offer yet")).to_be_visible()
    assert not alice.offers.exists()


def test_a_skill_that_is_missing_is_proposed_on_the_way(site: Site, page: Page, skills: list[Skill]) -> None:
    alice = make_alice()
    site.sign_in(page, alice)
    page.goto("/inventory/")

    page.get_by_label("Add a skill that you want to learn").press_sequentially("Glass harmonica")
    page.locator(".results").get_by_role("link", name="Propose").click()
    page.get_by_label("Where does it belong?").select_option("Journeys")
    page.get_by_role("button", name="Propose it").click()

    expect(page.get_by_text("Waits for HR")).to_be_visible()
    assert alice.wishes.get().skill.status == "proposed"


def test_levels_that_cannot_be_are_said_at_their_field(site: Site, page: Page, skills: list[Skill]) -> None:
    site.sign_in(page, make_alice())
    page.goto(f"/inventory/wishes/{skills[0].pk}/")

    page.get_by_label("Where I am now").select_option("Others ask me about it")
    page.get_by_label("Where I want to be").select_option("I know the basics")
    page.get_by_role("button", name="Add to what I want to learn").click()

    expect(page.get_by_text("Choose a level above where you are now.")).to_be_visible()
    expect(page.get_by_label("Where I am now")).to_have_value("4")


def test_an_entry_of_the_worksheet_becomes_a_wish_with_one_click(site: Site, page: Page, skills: list[Skill]) -> None:
    alice = make_alice()
    site.sign_in(page, alice)
    page.goto("/swot/")

    page.locator("#weakness").get_by_label("A new entry").fill("I have no idea how Pinterest works")
    page.locator("#weakness").get_by_role("button", name="Add").click()
    page.get_by_role("button", name="Learn Pinterest").click()

    expect(page.get_by_text("You want to learn Pinterest")).to_be_visible()
    assert alice.wishes.get().skill == skills[0]


def test_somebody_is_put_on_the_rather_not_list_while_typing(site: Site, page: Page) -> None:
    alice, bob = make_alice(), make_bob(name="Bob Builder")
    site.sign_in(page, alice)
    page.goto("/rather-not/")

    page.get_by_role("searchbox").press_sequentially("buil")
    page.get_by_role("button", name="Put on my list").click()

    expect(page.get_by_role("button", name="Take Bob Builder off the list")).to_be_visible()
    assert alice.rather_not.person_ids == [bob.pk]


@pytest.fixture
def plain_page(browser: Browser, site: Site) -> Page:
    """A browser without script."""
    page = browser.new_context(base_url=site.url, java_script_enabled=False).new_page()
    page.set_default_timeout(10_000)
    return page


def test_without_script_skills_are_found_and_ways_to_meet_are_ranked(
    site: Site, plain_page: Page, skills: list[Skill]
) -> None:
    alice = make_alice()
    make_offer(person=make_bob(), skill=skills[0])
    site.sign_in(plain_page, alice)

    plain_page.goto("/inventory/")
    plain_page.get_by_label("Add a skill that you want to learn").fill("pintrest")
    plain_page.get_by_role("button", name="Search").nth(1).click()
    plain_page.get_by_role("link", name="Pinterest").click()
    plain_page.get_by_role("button", name="Add to what I want to learn").click()
    plain_page.goto("/profile/meeting/")
    plain_page.get_by_label("Place of E-mail").select_option("1")
    plain_page.get_by_label("Place of In person").select_option("5")
    plain_page.get_by_role("button", name="Save").click()

    alice.refresh_from_db()
    assert alice.wishes.get().skill == skills[0]
    assert (alice.channels[0], alice.channels[-1]) == ("email", "in_person")
    plain_page.context.close()


def test_without_script_an_entry_is_turned_by_choosing_among_skills(
    site: Site, plain_page: Page, skills: list[Skill]
) -> None:
    alice = make_alice()
    worksheet.add_entry(alice, SwotEntry.Quadrant.STRENGTH, "I know everybody here")
    site.sign_in(plain_page, alice)

    plain_page.goto("/swot/")
    plain_page.get_by_role("link", name="Make it a skill offer").click()
    plain_page.get_by_role("searchbox").fill("company")
    plain_page.get_by_role("button", name="Search").click()
    plain_page.get_by_role("button", name="Add to what I could teach").click()

    assert alice.offers.get().skill == skills[1]
    plain_page.context.close()
