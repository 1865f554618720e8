import re
from typing import Literal

import pytest

from mentoring.data_files import DATA, read_text
from mentoring.models import Programme, SwotEntry
from mentoring.taxonomy import load_taxonomy
from mentoring.texts import (
    Agenda,
    AgendaPoint,
    agendas,
    briefing,
    default_guide,
    feedback_help,
    starters,
    swot_quadrants,
)

ROLES: tuple[Literal["mentor", "mentee"], ...] = ("mentor", "mentee")


def headings(markdown: str) -> list[str]:
    return re.findall(r"^## (.+)$", markdown, re.MULTILINE)


def test_default_guide_fits_its_field_and_says_what_it_must():
    assert len(default_guide()) <= Programme._meta.get_field("guide").max_length
    assert headings(default_guide()) == [
        "What reverse mentoring is",
        "What each of you gets",
        "What we ask of you",
        "How it goes",
        "What stays between you",
        "If something is not right",
        "Leaving, without blame",
    ]


def test_default_guide_names_the_limit_of_confidentiality():
    assert "**There is a limit.**" in default_guide()


@pytest.mark.parametrize("role", ROLES)
def test_briefings_cover_the_same_ground_in_both_roles(role: Literal["mentor", "mentee"]):
    titles = headings(briefing(role))

    assert "What your partner may be thinking" in titles
    assert "Before the first meeting" in titles
    assert "What stays between you" in titles
    assert titles[-1] == "If it does not work out"
    assert "The limit:" in briefing(role).replace("\n", " ")


def test_briefings_differ_in_whom_they_speak_to():
    assert "Feedback to someone above you" in headings(briefing("mentor"))
    assert "Taking feedback from someone junior" in headings(briefing("mentee"))


def test_agendas_follow_the_life_of_a_pair():
    assert list(agendas()) == ["introduction", "first", "middle", "last", "brainstorm"]


def test_agendas_take_the_time_of_a_usual_meeting():
    assert {key: agenda.minutes for key, agenda in agendas().items()} == {
        "introduction": 30,
        "first": 45,
        "middle": 45,
        "last": 45,
        "brainstorm": 45,
    }


def test_brainstorm_asks_for_what_works_what_is_in_the_way_five_ways_and_two_to_choose():
    assert [point.title for point in agendas()["brainstorm"].points][:4] == [
        "What works",
        "What is in the way",
        "Five new ways",
        "Choose two",
    ]


def test_an_agenda_reads_as_plain_text():
    agenda = Agenda("Short", "Nothing.", (AgendaPoint(5, "Arrive", "Sit down."), AgendaPoint(10, "Talk", "Ask.")))

    assert str(agenda) == "5 min · Arrive: Sit down.\n10 min · Talk: Ask."
    assert agenda.minutes == 15


def test_each_category_of_skills_has_starters_for_both_sides():
    assert list(starters()) == [category.key for category in load_taxonomy().categories]
    for each in starters().values():
        assert len(each.for_mentee) >= 3
        assert len(each.for_mentor) >= 3


def test_no_starter_is_used_twice():
    every = [line for each in starters().values() for line in (*each.for_mentee, *each.for_mentor)]

    assert len(set(every)) == len(every)


def test_feedback_has_the_four_parts_in_order():
    assert [part.key for part in feedback_help().parts] == ["situation", "saw", "effect", "next"]
    assert len(feedback_help().wordings) >= 5
    assert len(feedback_help().openings_upwards) >= 3
    assert len(feedback_help().when_receiving) >= 3


def test_better_wordings_neither_generalise_nor_label():
    telling = re.compile(r"\b(always|never|everyone|unprofessional|should really)\b", re.IGNORECASE)

    assert [wording.better for wording in feedback_help().wordings if telling.search(wording.better)] == []


def test_worksheet_has_the_quadrants_that_can_be_stored_with_two_or_three_questions_each():
    assert [quadrant.key for quadrant in swot_quadrants()] == SwotEntry.Quadrant.values
    assert [quadrant.title for quadrant in swot_quadrants()] == SwotEntry.Quadrant.labels
    assert {len(quadrant.prompts) for quadrant in swot_quadrants()} <= {2, 3}


def test_strengths_become_offers_and_the_rest_wishes():
    assert {quadrant.key: quadrant.becomes for quadrant in swot_quadrants()} == {
        "strength": "offer",
        "weakness": "wish",
        "opportunity": "wish",
        "threat": "wish",
    }


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.iterdir()))
def test_texts_use_the_words_of_the_product(name: str):
    """Other words for the same things, American spelling, and anything about age are slips."""
    slips = re.compile(
        r"\b(program|programs|mentorship agreement|matchup|coachee|protégé|session|sessions|behavior|organization"
        r"|years old|older colleague|younger colleague)\b",
        re.IGNORECASE,
    )

    assert [line for line in read_text(name).splitlines() if slips.search(line) and "aliases" not in line] == []
