import pytest
from django.urls import reverse

from mentoring.models import Pair
from tests.builders import make_alice, make_meeting, make_pair
from tests.support.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("pair-pause", "active", "paused"),
        ("pair-resume", "paused", "active"),
        ("pair-complete", "active", "completed"),
        ("pair-complete", "paused", "completed"),
        ("pair-end", "active", "ended"),
        ("pair-end", "paused", "ended"),
    ],
)
def test_page_says_first_what_happens_and_does_it_on_post(name: str, before: str, after: str) -> None:
    pair = make_pair(status=before)
    make_meeting(pair=pair, status="held")
    client, url = client_of(pair.mentee), reverse(name, args=[pair.pk])

    page = client.get(url)
    unchanged = Pair.objects.get().status
    answer = client.post(url)

    assert "What happens then" in page.content.decode()
    assert (unchanged, Pair.objects.get().status) == (before, after)
    assert answer.headers["Location"] == reverse("pair-detail", args=[pair.pk])


@pytest.mark.parametrize("name", ["pair-pause", "pair-complete", "pair-end"])
def test_page_names_the_meetings_that_will_be_cancelled(name: str) -> None:
    pair = make_pair()
    make_meeting(pair=pair)

    page = client_of(pair.mentor).get(reverse(name, args=[pair.pk]))

    assert "is cancelled and leaves both calendars" in page.content.decode()


def test_move_that_is_not_possible_any_more_is_told_on_the_page() -> None:
    pair = make_pair(status="completed")

    page = client_of(pair.mentor).post(reverse("pair-end", args=[pair.pk]))

    assert "This pair is “completed” by now" in page.content.decode()


def test_complete_without_a_meeting_says_what_to_do() -> None:
    pair = make_pair()

    page = client_of(pair.mentor).post(reverse("pair-complete", args=[pair.pk]))

    assert "You have logged no meeting yet. Log one first, or end the pair early." in page.content.decode()


def test_reason_of_an_early_end_is_shown_to_nobody() -> None:
    pair = make_pair()

    client_of(pair.mentor).post(reverse("pair-end", args=[pair.pk]), {"because": "We did not click"})

    hr = make_alice(name="Hera", is_hr=True)
    for person in (pair.mentee, hr):
        page = client_of(person).get(reverse("pair-detail", args=[pair.pk])).content.decode()
        assert "click" not in page


def test_reason_that_is_too_long_is_refused_at_the_field() -> None:
    pair = make_pair()

    answer = client_of(pair.mentor).post(reverse("pair-end", args=[pair.pk]), {"because": "x" * 601})

    assert list(answer.context["form"].errors) == ["because"]
    assert Pair.objects.get().status == "active"


def test_briefing_is_the_one_for_the_role() -> None:
    pair = make_pair()
    url = reverse("pair-briefing", args=[pair.pk])

    pages = [client_of(person).get(url).context["text"] for person in pair.people]

    assert pages[0] != pages[1]
    assert all("<h" in page for page in pages)
