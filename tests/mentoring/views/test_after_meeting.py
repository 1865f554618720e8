import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from goals.models import Goal
from mentoring.models import AgreedStep, Impression, Meeting
from tests.builders import make_goal, make_meeting, make_pair, make_step
from tests.support.clients import client_of

pytestmark = pytest.mark.django_db


def make_held(**fields: object) -> Meeting:
    yesterday = timezone.now() - dt.timedelta(days=1)
    return make_meeting(pair=make_pair(), starts_at=yesterday, status="held", **fields)  # type: ignore[arg-type]


def test_log_leads_to_what_stays_of_the_meeting() -> None:
    pair = make_pair()
    meeting = make_meeting(pair=pair, starts_at=timezone.now() - dt.timedelta(hours=2))

    page = client_of(pair.mentor).post(
        f"/meetings/{meeting.pk}/log/", {"took_place": "yes", "minutes": "45"}, follow=True
    )

    for words in ("Logged. Bob sees it too.", "Who learned something?", "Who talked?", "Next steps"):
        assert words in page.text


def test_a_tap_is_kept_shown_to_its_author_and_never_to_the_partner() -> None:
    meeting = make_held()
    hers, his = client_of(meeting.pair.mentor), client_of(meeting.pair.mentee)

    answer = hers.post(f"/meetings/{meeting.pk}/impression/", {"learned": "nobody"})

    assert answer["Location"] == f"/meetings/{meeting.pk}/#impression"
    assert Impression.objects.get().learned == "nobody"
    pressed = [client.get(f"/meetings/{meeting.pk}/").text.count('aria-pressed="true"') for client in (hers, his)]
    assert pressed[0] == pressed[1] + 1  # another button says which look of the site is on


def test_home_asks_how_it_was_until_it_was_said() -> None:
    meeting = make_held()
    client = client_of(meeting.pair.mentee)

    before = client.get("/").text
    client.post(f"/meetings/{meeting.pk}/impression/", {"talked": "even"})

    assert "How was it with Alice?" in before
    assert "How was it with Alice?" not in client.get("/").text


def test_next_step_is_written_down_shown_on_both_pages_and_ticked_off_at_home() -> None:
    meeting = make_held()
    pair = meeting.pair
    hers, his = client_of(pair.mentor), client_of(pair.mentee)
    words = {"text": "Post once a week", "owner": str(pair.mentee_id), "due_on": "", "meeting": str(meeting.pk)}

    answer = hers.post(f"/pairs/{pair.pk}/next-steps/new/", words)
    step = AgreedStep.objects.get()
    at_home = his.get("/").text
    his.post(f"/next-steps/{step.pk}/tick/", {"done": "yes", "from": "home"})

    assert answer["Location"] == f"/meetings/{meeting.pk}/#steps"
    assert "What you took on" in at_home
    assert "What you took on" not in his.get("/").text
    for address in (f"/pairs/{pair.pk}/", f"/meetings/{meeting.pk}/"):
        assert "Post once a week" in hers.get(address).text


def test_step_without_words_keeps_what_was_typed() -> None:
    pair = make_pair()

    page = client_of(pair.mentor).post(
        f"/pairs/{pair.pk}/next-steps/new/", {"text": " ", "owner": str(pair.mentor_id), "due_on": "2030-02-30"}
    )

    assert "Write down what there is to do." in page.text
    assert "2030-02-30" in page.text
    assert AgreedStep.objects.count() == 0


def test_goals_that_it_was_about_are_kept() -> None:
    meeting = make_held()
    goal, other = make_goal(pair=meeting.pair), make_goal(pair=make_pair())
    client = client_of(meeting.pair.mentee)

    client.post(f"/meetings/{meeting.pk}/goals/", {"goal": [str(goal.pk), str(other.pk)]})

    assert list(Goal.objects.filter(meetings=meeting)) == [goal]
    assert "checked" in client.get(f"/meetings/{meeting.pk}/").text
    client.post(f"/meetings/{meeting.pk}/goals/", {})
    assert list(meeting.goals.all()) == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_however_many_steps(
    number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = make_held()
    for each in range(number):
        make_step(pair=meeting.pair, meeting=meeting, text=f"Step {each}", owner=meeting.pair.people[each % 2])
    client = client_of(meeting.pair.mentor)

    with django_assert_max_num_queries(15):
        client.get(f"/meetings/{meeting.pk}/")
