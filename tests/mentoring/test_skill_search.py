import time

import pytest

from mentoring.skill_search import Entry, Hit, Match, SkillIndex, build_index, normalise, search, spoken_of
from mentoring.taxonomy import load_taxonomy


def make_index(*names: str) -> SkillIndex:
    return build_index(Entry(number, name) for number, name in enumerate(names))


def names_found(index: SkillIndex, query: str, *, limit: int = 10) -> list[str]:
    return [hit.name for hit in search(index, query, limit=limit)]


@pytest.fixture(scope="module")
def shipped() -> SkillIndex:
    return build_index(Entry(number, skill.name, skill.aliases) for number, skill in enumerate(load_taxonomy().skills))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Pintrest", "Pinterest"),
        ("pintr", "Pinterest"),
        ("exel", "Excel"),
        ("negotation", "Negotiation"),
        ("hootsiute", "Hootsuite"),
        ("hoot suite", "Hootsuite"),
        ("stakholder managment", "Stakeholder management"),
        ("buget planing", "Budget planning"),
        ("chatgtp", "AI chat assistants"),
        ("inklusive langauge", "Inclusive language"),
        ("power point", "Presentation slides"),
        ("c#", "C# and .NET"),
        ("C++", "C and C++"),
    ],
)
def test_what_people_type_finds_what_they_meant(shipped: SkillIndex, typed: str, first: str):
    assert names_found(shipped, typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("org chart", "Company layout"),
        ("skills for promotion", "Skills that promotion needs"),
        ("relationship with the CEO", "Working with senior leadership"),
        ("who decides", "How decisions are made"),
        ("second pair of eyes", "Fresh-eyes debugging"),
    ],
)
def test_the_words_of_the_stories_find_their_skills(shipped: SkillIndex, typed: str, first: str):
    assert names_found(shipped, typed)[0] == first


def test_every_shipped_name_and_alias_finds_its_own_skill_first(shipped: SkillIndex):
    lost = [
        word
        for skill in load_taxonomy().skills
        for word in (skill.name, *skill.aliases)
        if names_found(shipped, word)[0] != skill.name
    ]

    assert lost == []


def test_exact_comes_before_beginning_before_word_before_inside():
    index = make_index("Bigdatabase", "My data", "Data science", "Data")

    assert [(hit.name, hit.match) for hit in search(index, "data")] == [
        ("Data", Match.EXACT),
        ("Data science", Match.START),
        ("My data", Match.WORDS),
        ("Bigdatabase", Match.INSIDE),
    ]


def test_all_words_typed_must_begin_a_word_in_any_order():
    index = make_index("Stakeholder management", "Management of risks", "Stakeholder maps")

    assert names_found(index, "manag stake") == ["Stakeholder management"]


def test_a_true_find_keeps_poor_guesses_away():
    assert names_found(make_index("Data protection", "Promotion"), "promotion") == ["Promotion"]


def test_a_skill_appears_once_and_says_which_word_found_it():
    index = build_index([Entry(7, "Public speaking", ("speaking in public", "speeches"))])

    assert search(index, "Speech") == [Hit(7, "Public speaking", "speeches", Match.START, 1.0)]
    assert len(search(index, "speaking")) == 1


def test_a_known_word_in_a_longer_question_is_still_found():
    index = make_index("Pinterest", "Marketing", "Bookkeeping")

    assert names_found(index, "pinterest tips for gardeners") == ["Pinterest"]


def test_case_accents_and_sharp_s_make_no_difference():
    index = make_index("Führung", "Größenwahn", "Résumé writing")

    assert names_found(index, "FUHRUNG") == ["Führung"]
    assert names_found(index, "führung") == ["Führung"]
    assert names_found(index, "fuehrung") == ["Führung"]
    assert names_found(index, "GRÖSSENWAHN") == ["Größenwahn"]
    assert names_found(index, "resume") == ["Résumé writing"]


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "...!?", "\u0301"])
def test_nothing_typed_finds_nothing(shipped: SkillIndex, typed: str):
    assert search(shipped, typed) == []


@pytest.mark.parametrize("typed", ["asdfghjkl", "zzzz", "qwertz", "💥", "\x00", "木曜日"])
def test_what_is_like_nothing_finds_nothing(shipped: SkillIndex, typed: str):
    assert search(shipped, typed) == []


def test_fillers_alone_are_searched_as_they_are():
    assert names_found(make_index("The art of war", "Excel"), "the") == ["The art of war"]


def test_limit_holds_and_order_is_the_same_each_time(shipped: SkillIndex):
    first = search(shipped, "leadrship", limit=3)

    assert len(first) == 3
    assert search(shipped, "leadrship", limit=3) == first


def test_an_index_without_skills_finds_nothing():
    assert search(build_index([]), "excel") == []
    assert search(build_index([Entry(1, "!!!")]), "excel") == []


@pytest.mark.parametrize(
    "typed", ["negotation", "x" * 10_000, "exel " * 2_000, "ﷺ" * 10_000, "stakholder managment for the new boss"]
)
def test_five_thousand_skills_answer_within_fifty_milliseconds(typed: str):
    skills = load_taxonomy().skills
    index = build_index(Entry(number, f"{skills[number % len(skills)].name} {number}") for number in range(5_000))

    best = min(_seconds_for(index, typed) for _ in range(5))

    assert best < 0.05


def _seconds_for(index: SkillIndex, typed: str) -> float:
    start = time.perf_counter()
    search(index, typed)
    return time.perf_counter() - start


def test_normalise_keeps_plus_and_hash_and_joins_the_rest():
    assert normalise("  C++ / C#,  Node.js_v2 — Ünïcode ") == "c++ c# node js v2 unicode"


@pytest.mark.parametrize(
    ("sentence", "skill"),
    [
        ("I know a lot about Excel", "Excel"),
        ("I build networks quickly", "Building a network"),
        ("How budgets are planned", "Budget planning"),
        ("I negotiate contracts", "Contract negotiation"),
        ("The fault reaches customers before I find it", None),
        ("I go silent in front of the board", None),
        ("People tell me things when I ask", None),
        ("", None),
    ],
)
def test_a_sentence_speaks_of_a_skill_only_where_the_whole_of_its_name_stands_in_it(
    shipped: SkillIndex, sentence: str, skill: str | None
):
    found = spoken_of(shipped, sentence)

    assert (found and found.name) == skill
