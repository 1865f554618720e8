from random import Random

from reverse_mentoring.demo.names import Culture, cultures
from reverse_mentoring.demo.stories import people


def test_there_are_names_for_many_more_people_than_the_company_has():
    full = {f"{first} {last}" for culture in cultures().values() for first in culture.first for last in culture.last}

    assert len(full) > 10_000


def test_no_culture_lists_a_name_twice():
    doubles = {
        key
        for key, culture in cultures().items()
        if len(set(culture.first)) < len(culture.first) or len(set(culture.last)) < len(culture.last)
    }

    assert doubles == set()


def test_first_names_of_the_stories_belong_to_nobody_else():
    first_names = {name for culture in cultures().values() for name in culture.first}

    assert first_names & {person.name.split()[0] for person in people()} == set()


def test_a_culture_gives_the_same_names_from_the_same_seed():
    culture = Culture(first=("Ana", "Boris"), last=("van Dijk", "Kovač"))

    assert [culture.name(Random(3)) for _ in range(2)] == [culture.name(Random(3))] * 2
    assert {culture.name(Random(seed)) for seed in range(50)} == {
        "Ana van Dijk",
        "Ana Kovač",
        "Boris van Dijk",
        "Boris Kovač",
    }
