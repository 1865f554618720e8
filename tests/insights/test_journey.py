"""HR reads the dashboard in a real browser: figures as a plain recount has them, a filter, a chip, a hand held out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from insights.actions.refresh import refresh
from insights.models import PairNeed
from mentoring.models import Department, HelpOffer
from tests.builders import make_dana
from tests.insights.history import NOW, make_history
from tests.insights.recount import Recount

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_hr_filters_the_dashboard_and_nudges_a_pair(visit: Callable[..., Page]) -> None:
    programme = make_history(seed=7, pairs=12)
    refresh(programme, NOW)
    sales = Department.objects.get(name="Sales")
    everybody, those = Recount(lambda person: True), Recount(lambda person: person.department == sales)

    page = visit(f"/hr/dashboard/{programme.pk}/", as_=make_dana())
    pace, regular = page.locator("#pace .figure-card__value"), page.locator("#regular .figure-card__value")
    expect(pace).to_have_text(f"{everybody.pace():.2f}")
    expect(regular).to_have_text(f"{everybody.regular():.0f} %")

    page.get_by_label("Department").select_option("Sales")
    expect(page.get_by_role("link", name="Department: Sales")).to_be_visible()
    expect(pace).to_have_text(f"{those.pace():.2f}")
    page.get_by_role("link", name="Clear", exact=True).click()
    expect(pace).to_have_text(f"{everybody.pace():.2f}")

    page.get_by_role("link", name="Pairs that need a hand").click()
    page.get_by_role("link", name="Nudge").first.click()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("will hear from you")).to_be_visible()
    assert HelpOffer.objects.get().kind == "nudge"
    assert PairNeed.objects.filter(pair=HelpOffer.objects.get().pair).exists()


def test_with_keys_a_filter_waits_for_its_button(visit: Callable[..., Page]) -> None:
    programme = make_history(seed=7, pairs=12)
    refresh(programme, NOW)
    page = visit(f"/hr/dashboard/{programme.pk}/", as_=make_dana())
    department = page.get_by_label("Department")

    department.focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(department).to_be_focused()
    chosen = department.evaluate("list => list.selectedOptions[0].text")
    assert not page.url.count("department=")

    page.get_by_role("button", name="Show", exact=True).press("Enter")
    expect(page.get_by_role("link", name=f"Department: {chosen}")).to_be_visible()
