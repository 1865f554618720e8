"""What people do on the pages, said once: each step is one thing that somebody clicks through."""

import datetime as dt
import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from insights.models import RollUp
from mentoring.models import Person, Programme
from tests.builders import ALL_HOURS
from tests.support.site import Site

PASSWORD = "learn-from-each-other"


def sign_up(page: Page, site: Site, *, name: str, email: str) -> Person:
    """By the form, with the link of the mail that comes."""
    page.goto("/accounts/signup/")
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill(email)
    page.locator("[name=password1]").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    site.wait_until(lambda: mails_to(site, email))
    text = mails_to(site, email)[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    path = re.search(r"http://[^/]+(/accounts/confirm-email/\S+)", text)
    assert path, text
    page.goto(path[1])
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: "confirm-email" not in url)
    Person.objects.filter(user__email=email).update(**ALL_HOURS)  # so that mail comes at whatever hour this is played
    return Person.objects.get(user__email=email)


def mails_to(site: Site, email: str, *, about: str = "") -> list:  # type: ignore[type-arg]
    return [mail for mail in site.mails.mails if mail["To"] == email and about in str(mail["Subject"])]


def introduce(page: Page, *, title: str, department: str, grade: str, offers: list[str], wishes: list[str]) -> None:
    """The four steps of the onboarding."""
    page.goto("/welcome/1/")
    page.locator("[name=job_title]").fill(title)
    page.locator("[name=department]").select_option(label=department)
    page.locator("[name=grade]").select_option(label=grade)
    page.locator("[name=site]").select_option(label="London")
    page.get_by_role("button", name="Save and go on").click()
    for which, skills in (("offer", offers), ("wish", wishes)):
        for skill in skills:
            page.locator(f"#search-{which}").press_sequentially(skill[:12])
            page.locator(f"#found-{which} a", has_text=skill).first.click()
            page.get_by_role("button", name=re.compile("^Add to what I")).click()
            expect(page.locator("main")).to_contain_text(skill)
        page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Save and finish").click()
    expect(page).to_have_url(re.compile("/welcome/done/"))


def enrol(page: Page, programme: str) -> None:
    """With one place in each role for which there is an offer or a wish."""
    page.goto("/programmes/")
    page.get_by_role("link", name=programme).first.click()
    page.locator("main a[href$='/enrol/']").first.click()
    page.get_by_role("button", name="Join").click()
    expect(page).not_to_have_url(re.compile("/enrol/"))


def say_yes(page: Page, *, to: str) -> None:
    """To the invitation that stands first on the home page."""
    page.goto("/")
    page.locator("main a[href*='/invitation/']").first.click()
    expect(page.locator("h1")).to_contain_text(to)
    page.get_by_role("button", name=re.compile("^Yes")).click()
    expect(page.locator("main")).not_to_contain_text("Your answer")


def begin_together(*pages: Page, pair: int) -> None:
    """Each reads their briefing, they meet, and each says privately that they would like to go on."""
    for page in pages:
        page.goto(f"/pairs/{pair}/briefing/")
        page.get_by_role("button", name="I have read it").click()
    log_meeting(pages[0], pair=pair, about="Getting to know each other", clock="10:00")
    for page in pages:
        page.goto(f"/pairs/{pair}/go-on/")
        page.get_by_role("button", name="I would like to go on").click()
    expect(pages[-1].locator("main")).to_contain_text("Active")


def log_meeting(page: Page, *, pair: int, about: str, clock: str = "15:00") -> None:
    """One that took place yesterday and was not planned here."""
    page.goto(f"/pairs/{pair}/meetings/record/")
    page.locator("[name=day]").fill((timezone.localdate() - dt.timedelta(days=1)).isoformat())
    page.locator("[name=clock]").fill(clock)
    page.locator("[name=minutes]").fill("45")
    page.locator("[name=topic]").fill(about)
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_text(re.compile(r"^Logged\."))).to_be_visible()


def report_to(page: Page, manager: Person) -> None:
    """On one's own profile, by a search for the name."""
    page.goto("/profile/work/")
    page.get_by_role("link", name="Choose").click()
    page.locator("#q").press_sequentially(manager.name[:8])
    page.locator("#found button", has_text=manager.name).click()
    expect(page.locator("aside")).to_contain_text(manager.name)


def design_programme(page: Page, *, name: str) -> None:
    """The eight steps, from the name to the launch; enrolment and the programme itself begin today."""
    page.goto("/programmes/new/")
    page.locator("[name=name]").fill(name)
    page.locator("[name=purpose]").fill("Learn from each other across levels.")
    page.get_by_role("button", name="Save the draft and go on").click()
    page.get_by_role("button", name="Save and go on").click()
    today = timezone.localdate()
    for field, days in (("enrol_from", 0), ("enrol_until", 14), ("starts_on", 0), ("ends_on", 182)):
        page.locator(f"[name={field}]").fill((today + dt.timedelta(days=days)).isoformat())
    for step in (
        "What a pair takes on",
        "Rules and weights",
        "What participants should know",
        "Your own questions at sign-up",
    ):
        page.get_by_role("button", name="Save and go on").click()
        expect(page.get_by_role("heading", name=step, level=1)).to_be_visible()
    page.get_by_role("link", name="Go on").click()
    page.get_by_role("button", name="Launch it").click()


def look_at_dashboard(page: Page, site: Site, programme: Programme) -> None:
    """Once a worker has counted its figures anew."""
    page.goto(f"/hr/dashboard/{programme.pk}/")
    since = timezone.now()
    page.get_by_role("button", name="Count anew").click()
    site.wait_until(lambda: RollUp.objects.filter(programme=programme, as_of__gt=since).exists())
    page.reload()


def figure(page: Page, label: str) -> str:
    """What a key figure of the page in view says."""
    return page.locator(".stat", has=page.get_by_text(label, exact=True)).locator(".stat__value").inner_text().strip()
