"""The forms at the beginning and at the end of a pair: what they say to bad input, stale pages and double presses."""

import datetime as dt

import pytest
from django.utils import timezone

from mentoring.models import ClosingWords, IntroductionAnswer, Pair, SharedCertificate
from tests.builders import make_meeting, make_pair
from tests.support.clients import client_of, text_of

pytestmark = pytest.mark.django_db


def completed() -> Pair:
    return make_pair(status="completed", finished_at=timezone.now())


def met() -> Pair:
    pair = make_pair(status="beginning")
    Pair.objects.update(mentor_briefed_at=timezone.now(), mentee_briefed_at=timezone.now())
    make_meeting(pair=pair, starts_at=timezone.now() - dt.timedelta(hours=2))
    return pair


def test_briefing_confirmed_twice_or_after_the_end_says_where_it_stands() -> None:
    pair = make_pair(status="beginning")
    client, url = client_of(pair.mentor), f"/pairs/{pair.pk}/briefing/"

    first, second = (client.post(url, follow=True) for _ in range(2))
    Pair.objects.update(status="parted", mentor_briefed_at=None, finished_at=timezone.now())
    late = client.post(url, follow=True)

    assert "The next step is below." in text_of(first)
    assert second.status_code == 200
    assert "This beginning is over" in text_of(late)


@pytest.mark.parametrize("answer", ["", "perhaps"])
def test_go_on_without_an_answer_asks_once_more_and_keeps_nothing(answer: str) -> None:
    pair = met()

    page = client_of(pair.mentor).post(f"/pairs/{pair.pk}/go-on/", {"answer": answer})

    assert page.status_code == 200
    assert page.context["is_unanswered"]
    assert not IntroductionAnswer.objects.exists()


def test_go_on_before_the_meeting_says_what_comes_first() -> None:
    pair = make_pair(status="beginning")

    page = client_of(pair.mentor).post(f"/pairs/{pair.pk}/go-on/", {"answer": "go_on"}, follow=True)

    assert "Read your briefing and meet first" in text_of(page)


def test_go_on_twice_is_once_and_from_a_page_that_stood_open_leads_to_the_pair() -> None:
    pair = met()
    client, url = client_of(pair.mentor), f"/pairs/{pair.pk}/go-on/"

    for _ in range(2):
        client.post(url, {"answer": "go_on"})
    kept = IntroductionAnswer.objects.count()
    client_of(pair.mentee).post(url, {"answer": "go_on"})
    late = client.post(url, {"answer": "not_this_one"})

    assert (kept, late.headers["Location"]) == (1, f"/pairs/{pair.pk}/")
    assert Pair.objects.get().status == "active"


def test_closing_words_that_are_too_long_are_refused_at_the_field_and_kept() -> None:
    pair = completed()

    page = client_of(pair.mentor).post(f"/pairs/{pair.pk}/closing/", {"learned": "x" * 1001, "changed": "Much"})

    assert list(page.context["form"].errors) == ["learned"]
    assert ("x" * 1001 in text_of(page), "Much" in text_of(page)) == (True, True)
    assert not ClosingWords.objects.exists()


def test_closing_words_are_changed_and_shown_as_their_author_wishes() -> None:
    pair = completed()
    client, url, pair_page = client_of(pair.mentor), f"/pairs/{pair.pk}/closing/", f"/pairs/{pair.pk}/"

    client.post(url, {"learned": "To listen", "changed": ""})
    hidden = text_of(client_of(pair.mentee).get(pair_page))
    client.post(url, {"learned": "To listen well", "changed": "", "is_shown": "on"})

    assert ("To listen" in hidden, ClosingWords.objects.count()) == (False, 1)
    assert "To listen well" in text_of(client_of(pair.mentee).get(pair_page))


def test_closing_words_wait_for_the_end() -> None:
    pair = make_pair()

    page = client_of(pair.mentor).post(f"/pairs/{pair.pk}/closing/", {"learned": "To listen", "changed": ""})

    assert "for pairs of a programme that are completed" in text_of(page)
    assert "To listen" in text_of(page)


def test_certificate_is_shared_by_one_address_and_taken_back() -> None:
    pair = completed()
    client, url = client_of(pair.mentor), f"/pairs/{pair.pk}/certificate/share/"

    for _ in range(2):
        client.post(url, {"share": "yes"})
    shared = SharedCertificate.objects.get()
    client.post(url, {"share": "no"})

    assert shared.person == pair.mentor
    assert not SharedCertificate.objects.exists()


def test_end_with_a_cause_that_is_none_is_refused_at_the_field_and_the_words_stay() -> None:
    pair = make_pair()

    page = client_of(pair.mentor).post(f"/pairs/{pair.pk}/end/", {"cause": "weather", "because": "It rained"})

    assert list(page.context["form"].errors) == ["cause"]
    assert "It rained" in text_of(page)
    assert Pair.objects.get().status == "active"


def test_agenda_that_is_too_long_is_refused_at_the_field_and_kept() -> None:
    meeting = make_meeting(pair=make_pair())

    page = client_of(meeting.pair.junior).post(f"/meetings/{meeting.pk}/agenda/", {"text": "x" * 2001})

    assert list(page.context["form"].errors) == ["text"]
    assert "x" * 2001 in text_of(page)


def test_agenda_from_a_stale_page_is_refused_with_what_was_typed() -> None:
    meeting = make_meeting(pair=make_pair())
    client, url = client_of(meeting.pair.junior), f"/meetings/{meeting.pk}/agenda/"
    client.post(url, {"text": "Hashtags", "seen": "0"})

    page = client.post(url, {"text": "Reels", "seen": "0"})

    assert "Somebody changed this while you had the page open" in text_of(page)
    assert "Reels" in text_of(page)


def test_an_empty_point_for_the_agenda_is_refused_at_its_field() -> None:
    meeting = make_meeting(pair=make_pair())

    page = client_of(meeting.pair.senior).post(f"/meetings/{meeting.pk}/agenda/point/", {"text": " "})

    assert list(page.context["point"].errors) == ["text"]
