import pytest

from goals.agreement_words import Change, Line, answers_of, changes, content_from
from goals.models import Agreement
from tests.builders import make_pair, make_skill


def line(field: str, answer: str) -> Line:
    return Line(field=field, question=field.title(), answer=answer)


def test_changes_are_where_two_versions_differ_in_the_order_of_the_questions() -> None:
    before = [line("place", "Room 4"), line("ending", "")]
    now = [line("ending", "With cake."), line("place", "Room 5")]

    assert changes(before, now) == [
        Change("ending", "Ending", "", "With cake."), Change("place", "Place", "Room 4", "Room 5"),
    ]  # fmt: skip
    assert changes(now, now) == []


@pytest.mark.django_db
def test_answers_are_words_that_read_by_themselves() -> None:
    pair = make_pair()
    answers = answers_of(Agreement.objects.create(pair=pair))

    def said(**changed: object) -> dict[str, str]:
        return {line["field"]: line["answer"] for line in content_from(pair, {**answers, **changed})}

    assert said(every_weeks=1, minutes=45, reply_within_days=1, invites="mentor") | {} == {
        **said(), "every_weeks": "Every week", "minutes": "45 minutes", "reply_within_days": "Within a day",
        "invites": "Alice",
    }  # fmt: skip
    assert said(invites="turns")["invites"] == "We take turns"
    assert said(mentor_shares=[make_skill(name="B"), make_skill(name="A")])["mentor_shares"] == "A, B"
    assert said(ending=" One.\r\nTwo. ")["ending"] == "One.\nTwo."
