"""From signing up to the end of the first steps, in a real browser with a worker that mails."""

import re

from playwright.sync_api import Page, expect

from mentoring.models import Person, Skill
from tests.builders import make_department, make_grade, make_person, make_programme, make_site
from tests.support.site import Site


def next_button(page: Page) -> None:
    page.get_by_role("button", name=re.compile("go on|finish", re.IGNORECASE)).click()


def test_a_newcomer_signs_up_and_walks_through_the_first_steps(site: Site, page: Page, skills: list[Skill]) -> None:
    make_department(name="Marketing")
    make_grade(level=2)
    make_site(name="Tokyo", time_zone="Asia/Tokyo")
    make_programme(name="Spring programme")

    sign_up(site, page)
    expect(page.get_by_role("heading", name="Four short steps to your first pair")).to_be_visible()
    page.goto("/welcome/")

    expect(page.get_by_role("heading", name="Who you are")).to_be_visible()
    page.get_by_label("Job title").fill("Analyst")
    page.get_by_label("Department").select_option("Marketing")
    page.get_by_label("Site").select_option("Tokyo")
    next_button(page)

    add_skill(page, typed="pintrest", found="Pinterest", button="Add to what I could teach")
    expect(page.get_by_role("heading", name="What you could teach")).to_be_visible()
    next_button(page)
    add_skill(page, typed="company lay", found="Company layout", button="Add to what I want to learn")
    next_button(page)

    page.get_by_role("button", name="Move Chat up").click()
    page.get_by_role("button", name="Move Chat up").press("Enter")
    page.get_by_text("Saturday").click()
    next_button(page)

    expect(page.get_by_role("heading", name="You are all set")).to_be_visible()
    expect(page.get_by_text("Spring programme")).to_be_visible()
    nora = Person.objects.get()
    assert (nora.name, nora.job_title, nora.time_zone, nora.onboarding_step) == (
        "Nora Newcomer", "Analyst", "Asia/Tokyo", 5,
    )  # fmt: skip
    assert nora.channels == ["in_person", "chat", "video", "phone", "email"]
    assert nora.working_days == [1, 2, 3, 4, 5, 6]
    assert [str(offer.skill) for offer in nora.offers.all()] == ["Pinterest"]
    assert [str(wish.skill) for wish in nora.wishes.all()] == ["Company layout"]


def sign_up(site: Site, page: Page) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("Your name").fill("Nora Newcomer")
    page.get_by_label("Email").fill("nora@demo.example")
    page.get_by_label("Password").fill("a-long-enough-phrase")
    page.get_by_role("button", name="Sign up").click()
    site.wait_until(lambda: [mail for mail in site.mails.mails if mail["To"] == "nora@demo.example"])
    page.goto(link_in_mail(site))
    page.get_by_role("button", name="Yes, it is mine").click()


def link_in_mail(site: Site) -> str:
    """The path in the confirmation; its host is that of the settings."""
    mail = next(mail for mail in site.mails.mails if mail["To"] == "nora@demo.example")
    [found] = re.findall(r"/accounts/confirm-email/\S+/", mail.get_body(("plain",)).get_content())[:1]  # type: ignore[union-attr]
    return str(found)


def add_skill(page: Page, *, typed: str, found: str, button: str) -> None:
    page.get_by_role("searchbox").press_sequentially(typed)
    page.locator(".results").get_by_role("link", name=found).click()
    page.get_by_role("button", name=button).click()


def test_first_steps_are_skipped_left_and_resumed(site: Site, page: Page) -> None:
    nora = make_person(name="Nora", onboarded=False)
    site.sign_in(page, nora)

    page.goto("/welcome/")
    page.get_by_role("button", name="Skip for now").click()
    page.get_by_role("button", name="Skip for now").click()
    page.goto("/")
    page.get_by_role("link", name="Go on").click()

    expect(page.get_by_role("heading", name="What you want to learn")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_role("heading", name="What you could teach")).to_be_visible()
    nora.refresh_from_db()
    assert nora.onboarding_step == 3
