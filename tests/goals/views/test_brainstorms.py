import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from goals.actions.brainstorms import MOST_LINES, Plan, choose, decide, make_it_so, write
from goals.models import Brainstorm, Decision, Thought
from mentoring.models import Pair
from tests.builders import make_goal, make_pair
from tests.support.clients import client_of, text_of

pytestmark = pytest.mark.django_db


def opened(pair: Pair | None = None) -> Brainstorm:
    return Brainstorm.objects.create(pair=pair or make_pair(), look_at=timezone.now() + dt.timedelta(days=21))


def chosen(session: Brainstorm, words: str = "Walk and talk") -> Thought:
    line = write(session, by=session.pair.mentor, part="way", text=words)
    choose(line, by=session.pair.mentee, chosen=True)
    return line


def test_a_line_is_written_once_however_often_it_is_sent() -> None:
    session = opened()

    for _ in range(2):
        answer = client_of(session.pair.mentor).post(f"/brainstorms/{session.pk}/works/", {"text": "We laugh"})

    assert answer.headers["Location"] == f"/brainstorms/{session.pk}/#works"
    assert [line.text for line in session.thoughts.all()] == ["We laugh"]


@pytest.mark.parametrize(("words", "error"), [("  ", "Write a line first."), ("x" * 301, "at most 300 characters")])
def test_a_line_that_does_not_fit_is_refused_at_its_part_and_kept(words: str, error: str) -> None:
    session = opened()

    answer = client_of(session.pair.mentor).post(f"/brainstorms/{session.pk}/works/", {"text": words})

    bound = {part.key: form for part, form in answer.context["parts"] if form.is_bound}
    assert list(bound) == ["works"]
    assert error in str(bound["works"].errors["text"])
    assert words.strip() in text_of(answer)
    assert not session.thoughts.exists()


def test_one_line_too_many_says_so_at_the_field() -> None:
    session = opened()
    for number in range(MOST_LINES):
        write(session, by=session.pair.mentor, part="way", text=f"Way {number}")

    answer = client_of(session.pair.mentee).post(f"/brainstorms/{session.pk}/way/", {"text": "One more"})

    assert f"{MOST_LINES} lines are enough here" in text_of(answer)


def test_a_third_choice_is_refused_in_plain_words() -> None:
    session = opened()
    for words in ("Walk", "Run"):
        chosen(session, words)
    line = write(session, by=session.pair.mentor, part="way", text="Swim")

    answer = client_of(session.pair.mentee).post(f"/thoughts/{line.pk}/choose/", {"chosen": "yes"}, follow=True)

    assert "You have chosen two. Let one go first." in text_of(answer)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"owner": ""}, "owner"),
        ({"text": ""}, "text"),
        ({"due_on": "soon"}, "due_on"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"kind": "change"}, "goal"),
        ({"kind": "let_go", "goal": "999999"}, "goal"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused_at_its_field_and_what_was_typed_is_kept(
    fields: dict[str, str], field: str
) -> None:
    pair = make_pair()
    make_goal(pair=pair)
    line, me = chosen(opened(pair)), pair.mentor
    typed = {"kind": "step", "owner": me.pk, "goal": "", "text": "Book a walk", "due_on": "", **fields}

    answer = client_of(me).post(f"/thoughts/{line.pk}/decide/", typed)

    assert list(answer.context["form"].errors) == [field]
    assert typed["text"] in text_of(answer)
    assert not Decision.objects.exists()


def test_a_page_that_stood_open_until_the_session_was_over_says_so() -> None:
    session = opened()
    line = chosen(session)
    Brainstorm.objects.update(status="lapsed", closed_at=timezone.now())
    client = client_of(session.pair.mentor)

    written = client.post(f"/brainstorms/{session.pk}/way/", {"text": "Too late"})
    decided = client.get(f"/thoughts/{line.pk}/decide/", follow=True)
    agreed = client.post(f"/brainstorms/{session.pk}/agree/", follow=True)

    assert all("brainstorm is over" in text_of(answer) for answer in (written, decided, agreed))


def test_make_it_so_puts_a_step_on_the_pairs_list_and_twice_is_once() -> None:
    pair = make_pair()
    session = opened(pair)
    decide(chosen(session), by=pair.mentor, plan=Plan(kind="step", owner=pair.mentor, text="Book a walk"))

    for _ in range(2):
        client_of(pair.mentor).post(f"/brainstorms/{session.pk}/agree/")

    assert "Book a walk" in text_of(client_of(pair.mentee).get(f"/pairs/{pair.pk}/"))
    assert pair.agreed_steps.get().owner == pair.mentor


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_was_written(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    session = opened()
    for number in range(count):
        line = write(session, by=session.pair.mentor, part="way", text=f"Way {number}")
        choose(line, by=session.pair.people[number % 2], chosen=True)
        decide(line, by=session.pair.mentor, plan=Plan(kind="step", owner=session.pair.mentor, text=f"Do {number}"))
    make_it_so(session, by=session.pair.mentor)
    client = client_of(session.pair.mentee)

    with django_assert_num_queries(7):
        client.get(f"/brainstorms/{session.pk}/")
