from collections import Counter

import pytest

from mentoring.models import OfferLevel, Priority, Skill, WishLevel
from mentoring.skill_search import normalise
from mentoring.taxonomy import (
    MAX_DESCRIPTION,
    MAX_NAME,
    TaxonomyCategory,
    TaxonomyError,
    TaxonomySkill,
    load_scales,
    load_taxonomy,
    parse_scales,
    parse_taxonomy,
)


def make_text(*skills: str, key: str = "tools") -> str:
    rows = ",\n".join(skills)
    return f'[[category]]\nkey = "{key}"\nname = "Name of {key}"\ndescription = "Things."\nskills = [{rows}]\n'


def make_skill_row(*, name: str = "Excel", description: str = "Sheets.", aliases: str = "[]") -> str:
    return f'{{ name = "{name}", description = "{description}", aliases = {aliases} }}'


def test_shipped_taxonomy_has_twelve_categories_and_at_least_320_skills():
    taxonomy = load_taxonomy()

    assert len(taxonomy.categories) == 12
    assert len(taxonomy.skills) >= 320


def test_each_shipped_category_holds_enough_skills_to_choose_from():
    too_small = {c.key: len(c.skills) for c in load_taxonomy().categories if len(c.skills) < 25}

    assert too_small == {}


def test_shipped_names_and_aliases_stay_unique_when_search_has_folded_them():
    words = Counter(normalise(word) for skill in load_taxonomy().skills for word in (skill.name, *skill.aliases))

    assert [word for word, count in words.items() if count > 1] == []


def test_every_shipped_skill_can_be_found_by_another_word():
    assert [skill.name for skill in load_taxonomy().skills if not skill.aliases] == []


def test_every_shipped_description_is_a_sentence():
    assert [s.description for s in load_taxonomy().skills if s.description[-1] not in ".?"] == []


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("Company layout", "company"),
        ("Skills that promotion needs", "career"),
        ("Pinterest", "social-media"),
        ("Hootsuite", "social-media"),
        ("Working with senior leadership", "company"),
        ("How the executive team decides", "company"),
        ("Fresh-eyes debugging", "technology"),
    ],
)
def test_the_skills_of_the_three_stories_are_there(name: str, category: str):
    assert load_taxonomy().skill(name).category == category


def test_skill_is_looked_up_in_any_case_and_unknown_is_a_key_error():
    taxonomy = load_taxonomy()

    assert taxonomy.skill("PINTEREST").name == "Pinterest"
    with pytest.raises(KeyError):
        taxonomy.skill("Falconry")


def test_parse_gives_frozen_records_in_the_order_of_the_file():
    text = make_text(make_skill_row(aliases='["spreadsheets"]'), make_skill_row(name="Word"))

    assert parse_taxonomy(text).categories == (
        TaxonomyCategory(
            key="tools",
            name="Name of tools",
            description="Things.",
            skills=(
                TaxonomySkill("Excel", "Sheets.", ("spreadsheets",), "tools"),
                TaxonomySkill("Word", "Sheets.", (), "tools"),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (make_text(make_skill_row(), make_skill_row(name="EXCEL")), "appears twice: 'EXCEL'"),
        (make_text(make_skill_row(aliases='["excel"]')), "appears twice: 'excel'"),
        (make_text() + make_text(), "category key appears twice: 'tools'"),
        (make_text(make_skill_row(name="x" * 61)), "longer than 60"),
        (make_text(make_skill_row(description="x" * 121)), "longer than 120"),
        (make_text(make_skill_row(name=" Excel")), "without space at its ends"),
        (make_text(make_skill_row(name="")), "must be one line of text"),
        (make_text(make_skill_row(aliases="[3]")), "an alias of 'Excel'"),
        (make_text('{ name = "Excel" }'), "description is missing in 'Excel'"),
    ],
)
def test_parse_refuses_what_breaks_a_rule_and_says_where(text: str, message: str):
    with pytest.raises(TaxonomyError, match=message):
        parse_taxonomy(text)


def test_every_step_that_people_can_choose_has_its_sentence():
    scales = load_scales()

    assert list(scales.offer_level) == OfferLevel.values
    assert list(scales.wish_level) == WishLevel.values
    assert list(scales.priority) == Priority.values


def test_a_missing_scale_is_refused():
    with pytest.raises(TaxonomyError, match="wish_level is missing"):
        parse_scales('[offer_level]\n1 = "I have tried it."\n')


def test_shipped_taxonomy_fits_the_columns_it_is_copied_to():
    skills = load_taxonomy().skills

    assert Skill._meta.get_field("name").max_length >= MAX_NAME
    assert Skill._meta.get_field("description").max_length >= MAX_DESCRIPTION
    assert max(len(category.name) for category in load_taxonomy().categories) <= 80
    assert len({skill.category for skill in skills}) == 12
