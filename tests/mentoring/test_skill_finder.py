import pytest
from pytest_django import DjangoAssertNumQueries

from mentoring.models import Skill
from mentoring.skill_finder import find_skills, suggest_skills
from tests.builders import make_alice, make_bob, make_skill

pytestmark = pytest.mark.django_db


def names(query: str, **words: object) -> list[str]:
    return [skill.name for skill in find_skills(query, **words)]  # type: ignore[arg-type]


def test_a_skill_is_found_with_typing_mistakes_and_by_its_other_words() -> None:
    make_skill(name="Falconry", aliases=["birds of prey"])

    assert names("falcnry") == ["Falconry"]
    assert names("birds of pr")[0] == "Falconry"


def test_a_change_of_the_list_is_found_at_once() -> None:
    skill = make_skill(name="Falconry")
    assert names("falconry") == ["Falconry"]

    skill.name = "Hawking"
    skill.save()

    assert names("falconry") == []
    assert names("hawking") == ["Hawking"]


def test_a_proposal_is_found_by_whoever_made_it() -> None:
    alice = make_alice()
    make_skill(name="Falconry", status=Skill.Status.PROPOSED, proposed_by=alice)

    assert names("falconry", person=alice) == ["Falconry"]
    assert names("falconry", person=make_bob()) == []
    assert names("falconry") == []


def test_what_was_merged_or_not_taken_up_is_not_found() -> None:
    kept = make_skill(name="Hawking")
    make_skill(name="Falconry", status=Skill.Status.MERGED, merged_into=kept)
    make_skill(name="Falconery", status=Skill.Status.DECLINED, proposed_by=make_alice())

    assert names("falconry", person=make_alice()) == []


def test_searching_takes_a_fixed_number_of_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    alice = make_alice()
    for name in ("Falconry", "Falcon care", "Falcon breeding"):
        make_skill(name=name)
    find_skills("falcon")

    with django_assert_num_queries(3):
        assert len(find_skills("falcon", person=alice)) == 3


def test_an_entry_of_the_worksheet_is_taken_for_what_it_speaks_of_or_for_nothing() -> None:
    decisions = make_skill(name="How decisions are made")
    make_skill(name="Export", aliases=["customs", "go"])
    sentences = ["I know how a decision is made", "Customers go to others", "Nothing of the kind"]

    assert suggest_skills(sentences, make_alice()) == [decisions, None, None]
