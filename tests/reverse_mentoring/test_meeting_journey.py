"""Two browsers, a worker, a clock, a mail server: a meeting is planned, accepted, moved, cancelled; one is logged."""

import datetime as dt
from collections.abc import Callable
from email.message import EmailMessage

import pytest
import vobject
from django.utils import timezone
from playwright.sync_api import Page, expect

from mentoring.models import Meeting, Person, User
from tests.builders import make_alice, make_bob, make_meeting, make_pair
from tests.support.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.django_db(transaction=True)]


def calendar_mails(site: Site, person: Person) -> list[EmailMessage]:
    return [
        mail
        for mail in site.mails.mails
        if person.user.email in str(mail["To"]) and any(p.get_content_type() == "text/calendar" for p in mail.walk())
    ]


def entries(site: Site, person: Person) -> list[tuple[str, str, int, dt.datetime]]:
    """(method, UID, SEQUENCE, start) of each calendar mail of this person, read by a parser that did not write it."""
    found = []
    for mail in calendar_mails(site, person):
        [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        calendar = vobject.readOne(part.get_content())
        event, method = calendar.vevent, calendar.method.value
        assert part.get_param("method") == method
        start = event.dtstart.value
        assert calendar.vtimezone.tzid.value == person.time_zone
        assert start.utcoffset() == start.astimezone(person.zone).utcoffset()
        assert {guest.value for guest in event.attendee_list} == {f"mailto:{a.email}" for a in User.objects.all()}
        found.append((method, event.uid.value, int(event.sequence.value), start.astimezone(dt.UTC)))
    return sorted(found, key=lambda entry: entry[2])


def test_meeting_is_planned_accepted_moved_and_cancelled_and_both_calendars_follow(
    site: Site, new_page: Callable[..., Page]
) -> None:
    alice, bob = make_alice(), make_bob(time_zone="America/New_York", work_ends=dt.time(20))
    pair = make_pair(mentor=alice, mentee=bob)
    hers, his = new_page(), new_page(width=390)
    site.sign_in(hers, alice)
    site.sign_in(his, bob)

    hers.goto(f"/pairs/{pair.pk}/")
    hers.locator(".times__time").first.click()
    expect(hers.get_by_text("both calendars follow by e-mail")).to_be_visible()
    meeting = Meeting.objects.get()
    first_start = meeting.starts_at

    his.goto(f"/pairs/{pair.pk}/")
    his.get_by_role("link", name="Answer").click()
    his.get_by_role("button", name="It suits me").click()
    expect(his.get_by_text("Both said yes")).to_be_visible()

    move_it(his)
    meeting.refresh_from_db()
    second_start = meeting.starts_at

    hers.goto(f"/meetings/{meeting.pk}/")
    hers.get_by_role("link", name="Cancel it").click()
    hers.get_by_label("A word to your partner").fill("I am at the fair that day.")
    hers.get_by_role("button", name="Cancel the meeting").click()
    expect(hers.get_by_text("Cancelled by you")).to_be_visible()

    site.wait_until(lambda: len(calendar_mails(site, alice)) == len(calendar_mails(site, bob)) == 3)
    uid = str(meeting.uid)
    for person in (alice, bob):
        assert entries(site, person) == [
            ("REQUEST", uid, 0, first_start), ("REQUEST", uid, 1, second_start), ("CANCEL", uid, 2, second_start),
        ]  # fmt: skip
    assert any("I am at the fair that day." in str(mail) for mail in calendar_mails(site, bob))


def move_it(his: Page) -> None:
    """To noon in New York, twelve days ahead."""
    day = timezone.localdate() + dt.timedelta(days=12)
    his.get_by_role("link", name="Move or change it").click()
    his.get_by_label("Day").fill(day.isoformat())
    his.get_by_label("Time in New York").fill("12:00")
    expect(his.get_by_text(f"For Alice that is {day:%A}")).to_be_visible()
    his.get_by_role("button", name="Save the change").click()
    expect(his.get_by_text("Waiting for Alice’s yes")).to_be_visible()


def test_meeting_is_logged_by_one_and_the_words_of_the_other_are_kept(
    site: Site, new_page: Callable[..., Page]
) -> None:
    pair = make_pair()
    meeting = make_meeting(pair=pair, starts_at=timezone.now() - dt.timedelta(days=1))
    hers, his = new_page(width=390, dark=True), new_page()
    site.sign_in(hers, pair.mentor)
    site.sign_in(his, pair.mentee)
    for page in (hers, his):
        page.goto(f"/pairs/{pair.pk}/")
        page.get_by_role("link", name="Log it").first.click()

    his.get_by_label("Notes for both of you").fill("Bob posts once a week.")
    his.get_by_role("button", name="Log it").click()
    expect(his.get_by_text("Logged. Alice sees it too.")).to_be_visible()
    hers.get_by_label("Notes for both of you").fill("Alice reads it first.")
    hers.get_by_label("Private notes").fill("He is quick.")
    hers.get_by_role("button", name="Log it").click()
    expect(hers.get_by_text("Bob has logged this meeting already")).to_be_visible()
    hers.get_by_role("button", name="Save").click()

    expect(hers.get_by_text("He is quick.")).to_be_visible()
    his.goto(f"/meetings/{meeting.pk}/")
    expect(his.get_by_text("Alice reads it first.")).to_be_visible()
    expect(his.get_by_text("He is quick.")).to_have_count(0)


def test_log_shows_only_what_goes_with_the_answer(site: Site, page: Page) -> None:
    pair = make_pair()
    meeting = make_meeting(pair=pair, starts_at=timezone.now() - dt.timedelta(days=1))
    site.sign_in(page, pair.mentor)
    page.goto(f"/meetings/{meeting.pk}/log/")
    minutes, why = page.get_by_label("How long it took"), page.get_by_text("What came in between?")

    expect(minutes).to_be_visible()
    expect(why).to_be_hidden()
    page.get_by_label("No, it did not work out").check()

    expect(minutes).to_be_hidden()
    page.get_by_label("It was forgotten").check()
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_text("Noted.")).to_be_visible()
