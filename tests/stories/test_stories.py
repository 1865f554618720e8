import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from matching.models import MatchingRun
from mentoring.models import Pair, Person, Programme
from tests.builders import (
    make_dana,
    make_department,
    make_grade,
    make_programme,
    make_site,
    make_skill,
)
from tests.stories.steps import (
    begin_together,
    design_programme,
    enrol,
    figure,
    introduce,
    log_meeting,
    look_at_dashboard,
    mails_to,
    report_to,
    say_yes,
    sign_up,
)
from tests.support.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.stack]

SKILLS = (
    "Company layout",
    "Skills that promotion needs",
    "Pinterest",
    "Working with senior leadership",
    "Fresh-eyes debugging",
)


@pytest.fixture
def company(site: Site) -> Site:
    """The scales and skills that the stories need, and nobody but HR."""
    make_site()
    for name in ("Sales", "Operations", "Executive office", "Marketing", "Engineering"):
        make_department(name=name)
    for level in (2, 4, 6, 7, 9):
        make_grade(level=level)
    for name in SKILLS:
        make_skill(name=name)
    return site


def test_a_new_senior_manager_and_a_long_serving_one_exchange_what_they_know(
    company: Site, new_page: Callable[..., Page]
) -> None:
    """Mohammed learns the company layout from Sarah; she learns from him what promotion needs."""
    hr, sarah, mohammed = new_page(), new_page(), new_page(width=390)
    company.sign_in(hr, make_dana())
    design_programme(hr, name="Spring round")

    sign_up(sarah, company, name="Sarah Lindqvist", email="sarah@demo.example")
    introduce(
        sarah, title="Operations manager", department="Operations", grade="Grade 6",
        offers=["Company layout"], wishes=["Skills that promotion needs"],
    )  # fmt: skip
    enrol(sarah, "Spring round")
    sign_up(mohammed, company, name="Mohammed Farouk", email="mohammed@demo.example")
    introduce(
        mohammed, title="Senior manager", department="Sales", grade="Grade 7",
        offers=["Skills that promotion needs"], wishes=["Company layout"],
    )  # fmt: skip
    enrol(mohammed, "Spring round")

    match_and_approve(hr, company, reason="Sarah Lindqvist offers Company layout")

    company.wait_until(lambda: mails_to(company, "sarah@demo.example", about="paired with Mohammed"))
    assert mails_to(company, "mohammed@demo.example", about="paired with Sarah") == []
    say_yes(sarah, to="Mohammed")
    company.wait_until(lambda: mails_to(company, "mohammed@demo.example", about="paired with Sarah"))
    say_yes(mohammed, to="Sarah")
    begin_together(sarah, mohammed, pair=Pair.objects.get().pk)
    pair = Pair.objects.get()
    assert (pair.status, pair.mentor.name, pair.is_exchange) == ("active", "Sarah Lindqvist", True)
    log_meeting(sarah, pair=pair.pk, about="Who does what, on one large sheet")

    look_at_dashboard(hr, company, Programme.objects.get())
    expect(hr.locator("#levels .figure-card__value")).to_have_text("1 level")
    expect(hr.locator("#exchange .figure-card__value")).to_have_text("100 %")
    expect(hr.locator("#funnel tr", has_text="In a pair")).to_contain_text("2 (100 %)")
    expect(hr.locator("#days-to-meeting .figure-card__value")).to_contain_text("0 days")
    expect(hr.locator("#days-to-meeting .figure-card__n")).to_have_text("n = 2 people")


def match_and_approve(hr: Page, company: Site, *, reason: str) -> None:
    hr.goto("/programmes/")
    hr.get_by_role("link", name="Spring round").first.click()
    hr.get_by_role("button", name="Run the matching").click()
    company.wait_until(lambda: MatchingRun.objects.done().exists(), seconds=90)
    hr.goto(f"/programmes/{Programme.objects.get().pk}/approval/")
    expect(hr.locator("main")).to_contain_text(reason)
    hr.get_by_role("button", name=re.compile("^Approve Sarah")).click()
    expect(hr.locator("main")).to_contain_text("Approved")


def test_the_chief_executive_and_her_social_media_manager_ask_for_each_other(
    company: Site, new_page: Callable[..., Page]
) -> None:
    """A reporting line is never suggested; the two ask, and HR says yes."""
    programme = make_programme(name="Spring round")
    hr, amirah, taylor = new_page(), new_page(), new_page(width=390)
    company.sign_in(hr, make_dana())
    chief = sign_up(amirah, company, name="Amirah Haddad", email="amirah@demo.example")
    introduce(
        amirah, title="Chief executive officer", department="Executive office", grade="Grade 9",
        offers=["Working with senior leadership"], wishes=["Pinterest"],
    )  # fmt: skip
    enrol(amirah, "Spring round")
    sign_up(taylor, company, name="Taylor Reed", email="taylor@demo.example")
    introduce(
        taylor, title="Social media manager", department="Marketing", grade="Grade 4",
        offers=["Pinterest"], wishes=["Working with senior leadership"],
    )  # fmt: skip
    enrol(taylor, "Spring round")
    report_to(taylor, chief)

    ask(taylor, chief, "Twenty minutes a week, and you will plan your own board.")
    amirah.goto("/")
    amirah.locator("main a[href*='/requests/']").first.click()
    amirah.get_by_role("button", name="Yes, gladly").click()

    hr.goto(f"/programmes/{programme.pk}/approval/")
    expect(hr.locator("main")).to_contain_text("They asked for each other")
    hr.get_by_label("I allow this reporting line").check()
    hr.get_by_role("button", name=re.compile("^Approve (Taylor|Amirah)")).click()
    company.wait_until(Pair.objects.exists)

    pair = Pair.objects.get()
    begin_together(taylor, amirah, pair=pair.pk)
    pair.refresh_from_db()
    assert (pair.status, {person.name for person in pair.people}) == ("active", {"Amirah Haddad", "Taylor Reed"})
    look_at_dashboard(hr, company, programme)
    expect(hr.locator("#levels .figure-card__value")).to_have_text("5 levels")
    expect(hr.locator("#funnel tr", has_text="In a pair")).to_contain_text("2 (100 %)")
    expect(hr.locator("#departments .figure-card__value")).to_have_text("100 %")


def ask(page: Page, other: Person, words: str) -> None:
    page.goto(f"/people/{other.pk}/")
    page.locator(f"main a[href='/people/{other.pk}/ask/']").first.click()
    page.locator("[name=what]").select_option(index=1)
    page.locator("[name=message]").fill(words)
    page.get_by_role("button", name=f"Ask {other.name}").click()
    expect(page.locator("main")).to_contain_text("Answer until")


def test_a_developer_who_is_stuck_asks_a_newcomer_a_quick_question(
    company: Site, new_page: Callable[..., Page]
) -> None:
    hr, ted, jessica = new_page(), new_page(), new_page(width=390, dark=True)
    company.sign_in(hr, make_dana())
    sign_up(jessica, company, name="Jessica Oyelaran", email="jessica@demo.example")
    introduce(
        jessica, title="Junior developer", department="Engineering", grade="Grade 2",
        offers=["Fresh-eyes debugging"], wishes=[],
    )  # fmt: skip
    sign_up(ted, company, name="Ted Novak", email="ted@demo.example")
    introduce(
        ted, title="Senior developer", department="Engineering", grade="Grade 4",
        offers=[], wishes=["Fresh-eyes debugging"],
    )  # fmt: skip

    ted.goto("/skills/?q=Fresh-eyes")
    ted.get_by_role("link", name="Fresh-eyes debugging").first.click()
    ted.locator("main a[href*='/questions/new/']").first.click()
    ted.locator("[name=question]").fill("A cent is missing at the end of each month. I have looked for weeks.")
    ted.get_by_role("button", name="Ask", exact=True).click()
    company.wait_until(lambda: mails_to(company, "jessica@demo.example", about="quick question"))
    say_yes(jessica, to="Ted")

    pair = Pair.objects.get()
    assert (pair.status, pair.kind, pair.mentor.name) == ("active", "quick", "Jessica Oyelaran")
    log_meeting(jessica, pair=pair.pk, about="Rounding before adding up")
    ted.goto(f"/pairs/{pair.pk}/")
    ted.get_by_role("link", name="It is answered").click()
    ted.get_by_role("button", name="It is answered").click()

    hr.goto("/hr/dashboard/")
    assert (figure(hr, "Asked"), figure(hr, "Taken up"), figure(hr, "Answered")) == ("1", "1", "1")
