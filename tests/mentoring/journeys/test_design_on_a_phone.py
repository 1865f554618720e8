"""HR designs a programme on a phone, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.builders import make_dana, make_programme

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_on_a_phone_the_number_of_a_step_leads_to_it(visit: Callable[..., Page]) -> None:
    programme = make_programme(status="draft")
    page = visit(f"/programmes/{programme.pk}/design/purpose/", as_=make_dana(), width=390)

    step = page.get_by_role("link", name="Rules")
    box = step.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 20
    step.click()

    expect(page.get_by_role("heading", name="Rules and weights of the matching")).to_be_visible()
