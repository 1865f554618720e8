"""What is asked, what is changed because of it, and who did what: in real browsers."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from goals.actions.surveys import fill_next
from goals.models import Sheet
from mentoring.actions.improvements import publish_due
from mentoring.models import Improvement
from tests.builders import make_dana, make_department, make_pair, make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_hr_asks_the_juniors_and_sees_nothing_of_fewer_than_five(visit: Callable[..., Page]) -> None:
    now = timezone.now()
    pair = make_pair(started_at=now)
    assert pair.programme
    hr = visit(f"/programmes/{pair.programme.pk}/surveys/", as_=make_dana())

    hr.get_by_text("Confidence with seniors, 7 statements").click()
    hr.get_by_role("button", name="Write it").click()
    hr.get_by_label("Name").fill("How sure are you?")
    hr.get_by_role("button", name="Save the draft").click()
    hr.get_by_role("button", name="Open it").click()
    expect(hr.get_by_text("people are asked as their time comes")).to_be_visible()
    assert fill_next(now)

    sheet = Sheet.objects.get(time="start")
    Sheet.objects.update(due_at=now)
    junior = visit(f"/surveys/{sheet.pk}/", as_=pair.junior, width=390)
    for statement in junior.get_by_role("group").all():
        statement.get_by_text("Mostly").click()
    junior.get_by_role("button", name="Send my answer").click()
    expect(junior.get_by_text("You alone see this page")).to_be_visible()
    assert list(sheet.ratings.values_list("value", flat=True)) == [4] * 7

    hr.get_by_role("link", name="What it shows").click()
    expect(hr.get_by_role("heading", level=1)).to_contain_text("How sure are you?")
    expect(hr.locator("main")).not_to_contain_text("4.0")


def test_leaders_log_what_they_changed_and_everybody_reads_it_together(visit: Callable[..., Page]) -> None:
    senior, dana = make_pair(started_at=timezone.now()).senior, make_dana()
    for _ in range(2):
        Improvement.objects.create(author=make_person(), heard="Papers are long", did="Two pages, no more.")

    leader = visit("/you-said-we-did/", as_=senior)
    leader.get_by_role("link", name="Log what you changed").click()
    leader.get_by_label("What you heard").fill("Nobody knows what an OKR is.")
    leader.get_by_label("What you changed").fill("Our goals are written in plain words now.")
    leader.get_by_role("button", name="Log it").click()
    expect(leader.get_by_text("Waits to be published")).to_be_visible()

    hr = visit("/hr/you-said-we-did/", as_=dana)
    expect(hr.get_by_text("Our goals are written in plain words now.")).to_be_visible()
    hr.locator("input[type=date]").fill(timezone.localdate().isoformat())
    hr.get_by_role("button", name="Set the day").click()
    assert publish_due(timezone.localdate()) == 3

    reader = visit("/you-said-we-did/", as_=make_person(), width=390)
    expect(reader.get_by_text("Our goals are written in plain words now.")).to_be_visible()
    expect(reader.locator("main")).not_to_contain_text(senior.name)


def test_hr_finds_a_change_in_the_audit_and_takes_it_away(visit: Callable[..., Page]) -> None:
    dana, sales = make_dana(), make_department(name="Sales")
    make_department(name="Legal")
    hr = visit(f"/hr/people/organisation/departments/{sales.pk}/", as_=dana)
    hr.get_by_label("Name").fill("Customers")
    hr.get_by_role("button", name="Save", exact=True).click()

    hr.goto("/hr/audit/")
    hr.get_by_label("Its name").fill("Customers")
    hr.get_by_label("Its name").press("Enter")
    expect(hr).to_have_url(re.compile("on=Customers"))
    row = hr.get_by_role("row", name="Customers")
    expect(row).to_contain_text("Sales")
    expect(row).to_contain_text("Dana")
    with hr.expect_download() as found:
        hr.get_by_role("link", name="CSV").click()
    text = found.value.path().read_text(encoding="utf-8-sig")
    assert "Sales → Customers" in text
    assert len(text.splitlines()) == 2
    hr.goto("/hr/audit/", wait_until="networkidle")
    expect(hr.get_by_role("row", name="Audit downloaded")).to_contain_text("on Customers")
