import re
from dataclasses import fields
from itertools import chain
from random import Random

import pytest

from goals.models import Agreement, CheckIn, Goal, Milestone
from mentoring.models import Meeting, Pair, Person, SkillOffer
from mentoring.taxonomy import load_taxonomy
from reverse_mentoring.demo import toml
from reverse_mentoring.demo.roles import company
from reverse_mentoring.demo.words import Voice, evidence, introduction, pair_words

VOICES: tuple[Voice, ...] = ("newcomer", "executive")
CATEGORIES = [category.key for category in load_taxonomy().categories]
LONGEST_SKILL = max((skill.name for skill in load_taxonomy().skills), key=len)


def make_introduction(seed: int, voice: Voice, *, years: int = 7) -> str:
    random = Random(seed)
    department = random.choice(company().departments)
    return introduction(
        random,
        voice,
        department=department.name,
        site=random.choice(company().sites).name,
        field=random.choice(department.fields),
        before=random.choice(department.before),
        years=years,
    )


def limit(model: type, field: str) -> int:
    return model._meta.get_field(field).max_length  # type: ignore[attr-defined, no-any-return]


def every_text(value: object) -> list[str]:
    if isinstance(value, dict):
        return list(chain.from_iterable(every_text(item) for item in value.values()))
    if isinstance(value, list):
        return list(chain.from_iterable(every_text(item) for item in value))
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("voice", VOICES)
def test_five_hundred_introductions_hardly_ever_repeat_and_fit_their_field(voice: Voice):
    texts = [make_introduction(seed, voice) for seed in range(500)]

    assert len(set(texts)) > 490
    assert max(map(len, texts)) <= limit(Person, "introduction")
    assert [text for text in texts if "{" in text] == []


@pytest.mark.parametrize("voice", VOICES)
def test_introductions_are_four_sentences_that_begin_with_a_capital(voice: Voice):
    sentences = re.split(r"(?<=[.?!]) ", make_introduction(1, voice))

    assert len(sentences) == 4
    assert all(sentence[0].isupper() or sentence[0].isdigit() for sentence in sentences)


def test_an_executive_who_has_just_come_does_not_speak_of_years():
    texts = [make_introduction(seed, "executive", years=0) for seed in range(100)]

    assert [text for text in texts if re.search(r"\b0 years", text)] == []


def test_the_same_seed_writes_the_same_introduction():
    assert make_introduction(5, "newcomer") == make_introduction(5, "newcomer")


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("voice", VOICES)
def test_evidence_exists_in_both_voices_and_fits_its_fields(category: str, voice: Voice):
    found = {evidence(Random(seed), voice, category=category) for seed in range(300)}

    assert len(found) == 25
    assert max(len(each.learned) for each in found) <= limit(SkillOffer, "learned")
    assert max(len(each.used) for each in found) <= limit(SkillOffer, "used")


def test_every_category_has_goals_topics_and_a_quick_question():
    words = pair_words()

    assert list(words.goals) == list(words.topics) == list(words.quick_questions) == CATEGORIES
    assert min(len(goals) for goals in words.goals.values()) >= 2


def test_goals_fit_their_fields_with_the_longest_skill():
    goals = list(chain.from_iterable(pair_words().goals.values()))

    assert max(len(goal.title.format(skill=LONGEST_SKILL)) for goal in goals) <= limit(Goal, "title")
    assert max(len(goal.why) for goal in goals) <= limit(Goal, "why")
    assert max(len(goal.measure) for goal in goals) <= limit(Goal, "measure")
    assert max(len(step) for goal in goals for step in goal.milestones) <= limit(Milestone, "title")
    assert all("{skill}" in goal.title for goal in goals)


def test_meetings_agreements_and_check_ins_fit_their_fields():
    words = pair_words()
    topics = [*words.first_topics, *words.last_topics, *chain.from_iterable(words.topics.values())]
    check_ins = [*words.check_in_content, *words.check_in_mixed, *words.check_in_low]

    assert max(map(len, topics)) <= limit(Meeting, "topic")
    assert max(map(len, words.places_in_person)) <= limit(Meeting, "place")
    assert max(map(len, check_ins)) <= limit(CheckIn, "words")
    assert max(map(len, chain.from_iterable(words.quick_questions.values()))) <= limit(Pair, "question")
    for field in ("mentor_wants", "mentee_wants", "confidentiality", "off_limits", "ending"):
        assert max(map(len, getattr(words, field))) <= limit(Agreement, field)


def test_no_list_of_words_is_empty():
    assert [field.name for field in fields(pair_words()) if not getattr(pair_words(), field.name)] == []


@pytest.mark.parametrize("name", ["people", "pairs", "stories", "company"])
def test_nobody_tells_their_age(name: str):
    telling = re.compile(r"\b(years old|aged|born in|\d\d-year-old|my age|retire)", re.IGNORECASE)

    assert [text for text in every_text(toml.read(name)) if telling.search(text)] == []
