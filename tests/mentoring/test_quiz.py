from collections.abc import Callable
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.quiz import MOST, Area, Band, Quiz, QuizError, Statement, load_quiz, score

KEYS = [statement.key for statement in load_quiz().statements]


def make_quiz(*statements: Statement) -> Quiz:
    area = Area("one", "One", "About one.", statements, {"low": "Practise.", "high": "Go on."})
    bands = (Band("low", "Low", 0), Band("high", "High", 50))
    return Quiz("Quiz", "Think.", {number: str(number) for number in range(1, 6)}, bands, (area,))


def answer_all(quiz: Quiz, choose: Callable[[Statement], int]) -> dict[str, int]:
    return {statement.key: choose(statement) for statement in quiz.statements}


def test_shipped_quiz_has_fifteen_statements_in_four_areas():
    assert len(load_quiz().statements) == 15
    assert [area.key for area in load_quiz().areas] == ["planning", "clarity", "listening", "feedback"]


def test_shipped_statements_are_distinct_and_some_of_each_area_are_reversed():
    assert len(set(KEYS)) == 15
    assert len({statement.text for statement in load_quiz().statements}) == 15
    for area in load_quiz().areas:
        assert {statement.reversed for statement in area.statements} == {True, False}


def test_shipped_areas_have_advice_for_every_band():
    for area in load_quiz().areas:
        assert list(area.advice) == [band.key for band in load_quiz().bands]
        assert all(area.advice.values())


def test_statements_are_asked_by_turns():
    asked = [key.split("-")[0] for key in KEYS]

    assert max(len(list(group)) for _, group in groupby(asked)) == 1


def test_best_answers_give_full_points_and_worst_give_none():
    quiz = load_quiz()

    best = score(quiz, answer_all(quiz, lambda statement: 1 if statement.reversed else 5))
    worst = score(quiz, answer_all(quiz, lambda statement: 5 if statement.reversed else 1))

    assert [(result.area.key, result.points, result.band.key) for result in best] == [
        ("planning", 100, "strong"),
        ("clarity", 100, "strong"),
        ("listening", 100, "strong"),
        ("feedback", 100, "strong"),
    ]
    assert {(result.points, result.band.key) for result in worst} == {(0, "practise")}


def test_the_middle_of_the_scale_is_the_middle_of_the_points():
    quiz = load_quiz()

    assert {result.points for result in score(quiz, answer_all(quiz, lambda _: 3))} == {50}


def test_points_are_rounded_half_up_and_bands_begin_at_their_least():
    quiz = make_quiz(Statement("a", "A."), Statement("b", "B.", reversed=True))

    (below,) = score(quiz, {"a": 2, "b": 3})  # 1 + 2 of 8 is 37.5
    (at,) = score(quiz, {"a": 5, "b": 5})  # 4 + 0 of 8 is 50

    assert (below.points, below.band.key, below.advice) == (38, "low", "Practise.")
    assert (at.points, at.band.key, at.advice) == (50, "high", "Go on.")


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"a": 3}, "not answered: b"),
        ({}, "not answered: a, b"),
        ({"a": 3, "b": 3, "c": 3}, "not asked: c"),
        ({"a": 0, "b": 3}, "off the scale: a"),
        ({"a": 3, "b": 6}, "off the scale: b"),
    ],
)
def test_answers_that_do_not_fit_are_refused(answers: dict[str, int], message: str):
    quiz = make_quiz(Statement("a", "A."), Statement("b", "B."))

    with pytest.raises(QuizError, match=message):
        score(quiz, answers)


@given(st.fixed_dictionaries({key: st.integers(1, 5) for key in KEYS}), st.sampled_from(KEYS))
def test_a_better_answer_never_lowers_a_result_nor_touches_another_area(answers: dict[str, int], key: str):
    statement = next(each for each in load_quiz().statements if each.key == key)
    better = {**answers, key: 1 if statement.reversed else MOST}

    before, after = score(load_quiz(), answers), score(load_quiz(), better)

    for old, new in zip(before, after, strict=True):
        if statement in old.area.statements:
            assert new.points >= old.points
        else:
            assert new == old
        assert 0 <= new.points <= 100
