import pytest

from mentoring.meeting_texts import agenda_for, starters_for
from mentoring.models import Pair, Skill
from tests.builders import make_meeting, make_pair, make_programme

pytestmark = pytest.mark.django_db


def make_pair_after(held: int, **fields: object) -> Pair:
    pair = make_pair(programme=make_programme(meetings_planned=4), **fields)  # type: ignore[arg-type]
    for _ in range(held):
        make_meeting(pair=pair, status="held")
    return pair


@pytest.mark.parametrize(
    ("held", "title"),
    [
        (0, "First meeting"),
        (1, "A meeting on the way"),
        (2, "A meeting on the way"),
        (3, "Last meeting"),
        (9, "Last meeting"),
    ],
)
def test_agenda_goes_with_how_far_the_pair_is(held: int, title: str) -> None:
    agenda = agenda_for(make_pair_after(held))

    assert agenda is not None
    assert agenda.title == title


def test_quick_question_needs_no_agenda() -> None:
    assert agenda_for(make_pair(kind="quick")) is None


def test_starters_go_with_the_skills_category_and_the_role() -> None:
    skill = Skill.objects.select_related("category").filter(category__slug="company").first()
    pair = make_pair(skill=skill)

    mentors, mentees = (starters_for(pair, person) for person in pair.people)

    assert len(mentors) == len(mentees) == 3
    assert not set(mentors) & set(mentees)


def test_skill_of_the_companys_own_category_has_no_starters() -> None:
    pair = make_pair()

    assert starters_for(pair, pair.mentor) == ()
