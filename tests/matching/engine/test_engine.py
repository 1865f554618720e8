"""The engine against the plain reference of docs/matching.md, and against OR-Tools."""

import gc
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from matching.company import make_company
from matching.engine import InputError, PersonRow, Policy, Wish, gather, score_pair, solve, verify
from matching.engine.canonical import canonical
from tests.matching.engine import reference
from tests.matching.engine.companies import companies, policies
from tests.matching.engine.reference import Company

slow = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


def columns(company: Company, rows=None):
    return gather(
        rows or company.rows,
        fixed=company.fixed,
        forbidden=company.forbidden,
        exceptions=company.exceptions,
        previous=company.previous,
    )


def by_key(people, result):
    return [
        (people.keys[pair.mentor], people.keys[pair.mentee], people.skill_names[pair.skill] if pair.skill >= 0 else "")
        for pair in result.pairs
    ]


@slow
@given(companies(), policies())
def test_the_answer_is_the_best_of_all_there_are(company, policy):
    assume(len(reference.eligible_scores(company, policy)) <= 12)
    people = columns(company)

    result = solve(people, policy)

    assert (result.objective.placed, result.objective.total) == reference.best_by_trying(company, policy)
    assert result.objective.certified
    assert verify(people, policy, result) == ()


@slow
@given(companies(), policies())
def test_two_people_by_hand_score_and_break_rules_as_the_reference_says_but_for_rather_not_lists(company, policy):
    shown = replace(company, rows=tuple(replace(row, rather_not=[]) for row in company.rows), fixed=())
    people = columns(replace(company, fixed=()))
    place = {key: row for row, key in enumerate(people.keys.tolist())}

    for a in shown.rows[:3]:
        for b in shown.rows[:3]:
            if a is not b:
                told = score_pair(people, policy, place[a.key], place[b.key])
                assert told.score == reference.score(shown, a, b, policy)
                assert told.eligible == reference.eligible(shown, a, b, policy)


@slow
@given(companies(least=4, most=9), policies(), st.randoms())
def test_the_order_of_rows_does_not_matter(company, policy, shuffler):
    people = columns(company)
    rows = list(company.rows)
    shuffler.shuffle(rows)
    shuffled = columns(company, rows)

    one, other = solve(people, policy), solve(shuffled, policy)

    assert by_key(people, one) == by_key(shuffled, other)
    assert one.input_hash == other.input_hash
    assert [pair.criteria for pair in one.pairs] == [pair.criteria for pair in other.pairs]
    assert [(people.keys[left.person], left.role, left.rules) for left in one.left_out] == [
        (shuffled.keys[left.person], left.role, left.rules) for left in other.left_out
    ]


def cp_sat(people, policy) -> tuple[int, int]:
    """People placed and total by OR-Tools, from scores that the engine gives pair by pair."""
    company = company_of(people)
    scores = reference.eligible_scores(company, policy)
    model = cp_model.CpModel()
    chosen = {pair: model.new_bool_var(str(pair)) for pair in scores}
    placed = []
    for row in company.rows:
        for side, capacity in ((0, row.mentor_capacity), (1, row.mentee_capacity)):
            mine = [variable for pair, variable in chosen.items() if pair[side] == row.key]
            if capacity and mine:
                model.add(sum(mine) <= capacity)
                placed.append(model.new_bool_var(f"{row.key} {side}"))
                model.add(placed[-1] <= sum(mine))
    total = sum(score * chosen[pair] for pair, score in scores.items())
    model.maximize(sum(placed) * (sum(scores.values()) + 1) + total)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return sum(solver.value(one) for one in placed), sum(
        score * solver.value(chosen[pair]) for pair, score in scores.items()
    )


def company_of(people) -> Company:
    """The records behind columns."""
    keys, names = people.keys.tolist(), people.skill_names

    def of(table, person):
        return table[table[:, 0] == person].tolist()

    return Company(
        rows=tuple(
            PersonRow(
                key=key,
                name=people.names[n],
                grade=int(people.grades[n]),
                department=people.department_names[people.departments[n]],
                site=people.site_names[people.sites[n]],
                utc_offset=int(people.utc_offsets[n]),
                work_starts=int(people.work_starts[n]),
                work_ends=int(people.work_ends[n]),
                work_days=int(people.work_days[n]),
                languages=[people.language_names[language] for _, language in of(people.languages, n)],
                channels=[people.channel_names[channel] for channel in people.channels[n]],
                mentor_capacity=int(people.mentor_capacity[n]),
                mentee_capacity=int(people.mentee_capacity[n]),
                manager=keys[people.managers[n]] if people.managers[n] >= 0 else None,
                offers={names[skill]: level for _, skill, level in of(people.offers, n)},
                wishes=[
                    Wish(skill=names[skill], priority=priority, present=present, wanted=wanted)
                    for _, skill, priority, present, wanted in of(people.wishes, n)
                ],
                rather_not=[keys[other] for _, other in of(people.rather_not, n)],
                past_partners=[keys[other] for _, other in of(people.past, n)],
                waiting_runs=int(people.waiting[n]),
            )
            for n, key in enumerate(keys)
        )
    )


@pytest.mark.parametrize(
    ("size", "seed", "shape"), [(60, 1, "executives"), (80, 2, "everybody"), (120, 3, "everybody")]
)
@pytest.mark.parametrize("gap", [1, None])
def test_or_tools_finds_the_same_number_of_people_and_the_same_total(size, seed, shape, gap):
    people = make_company(size, seed=seed, shape=shape, skills=[f"Skill {number}" for number in range(12)])
    policy = Policy(grade_gap=gap)

    result = solve(people, policy)

    assert (result.objective.placed, result.objective.total) == cp_sat(people, policy)
    assert verify(people, policy, result) == ()


def test_five_hundred_executives_and_five_hundred_newcomers_are_paired_and_proven():
    people = make_company(1000, seed=5, shape="executives")

    result = solve(people, Policy())

    assert result.objective.certified
    assert verify(people, Policy(), result) == ()
    assert result.objective.placed == 2 * len(result.pairs) > 900
    assert sum(result.seconds.values()) < 5


def test_equal_inputs_give_equal_answers():
    people = make_company(200, seed=6)

    one, other = solve(people, Policy()), solve(people, Policy())

    assert one.pairs == other.pairs
    assert one.left_out == other.left_out
    assert one.input_hash == other.input_hash


def test_another_policy_or_another_name_is_another_input():
    people = make_company(20, seed=7)
    renamed = replace(people, names=["Somebody else", *people.names[1:]])

    marks = {
        solve(columns, policy).input_hash for columns in (people, renamed) for policy in (Policy(), Policy(grade_gap=2))
    }

    assert len(marks) == 4


def test_whole_numbers_stay_exact_up_to_a_million_seats():
    people = make_company(300, seed=8)

    result = solve(people, Policy(weights=dict.fromkeys(reference.WEIGHTS, 10), stability=100))

    assert verify(people, Policy(weights=dict.fromkeys(reference.WEIGHTS, 10), stability=100), result) == ()


def test_nobody_at_all_is_an_answer_too():
    result = solve(gather([]), Policy())

    assert (result.pairs, result.left_out) == ((), ())
    assert result.objective[:4] == (0, 0, 0, 0)
    assert result.objective.certified


def test_progress_is_told_by_phase_and_may_cancel():
    heard = []

    def stop(phase, fraction):
        heard.append((phase, fraction))
        if phase == "solve":
            raise InterruptedError

    people = make_company(50, seed=9)
    with pytest.raises(InterruptedError):
        solve(people, Policy(), progress=stop)

    assert [phase for phase, _ in heard] == ["prepare", "prepare", "candidates", "candidates", "solve"]


def test_a_pair_that_was_kept_is_preferred_where_stability_is_worth_it():
    rows = [
        PersonRow(key=1, name="Ann", grade=1, mentor_capacity=1, offers={"Python": 5}),
        PersonRow(key=2, name="Ben", grade=1, mentor_capacity=1, offers={"Python": 4}),
        PersonRow(key=3, name="Cleo", grade=3, mentee_capacity=1, wishes=[Wish(skill="Python", wanted=5)]),
    ]
    people = gather(rows, previous=[(2, 3)])

    assert by_key(people, solve(people, Policy())) == [(1, 3, "Python")]
    assert by_key(people, solve(people, Policy(stability=100))) == [(2, 3, "Python")]


def test_fixed_pairs_stay_though_they_break_a_rule_and_say_so():
    rows = [
        PersonRow(key=1, name="Ann", grade=4, mentor_capacity=1, offers={"Python": 5}),
        PersonRow(key=2, name="Ben", grade=1, mentee_capacity=1, wishes=[Wish(skill="Python")]),
    ]
    people = gather(rows, fixed=[(1, 2, "Python")])

    (pair,) = solve(people, Policy()).pairs

    assert pair.fixed
    assert [rule.sentence for rule in pair.broken_rules] == [
        "Ann is 3 grades above Ben; the programme asks for at least 1 below."
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"weights": {"charm": 3}}, "There is no criterion “charm”."),
        ({"weights": {"bridge": 11}}, "The weight of bridge must be 0 to 10."),
        ({"stability": -1}, "stability must be 0 to 100."),
        ({"grade_gap": -1}, "grade_gap must be 0 to 1000, not -1."),
        ({"overlap_hours": 25}, "overlap_hours must be 0 to 24, not 25."),
        ({"offer_level": 6}, "offer_level must be 1 to 5, not 6."),
        ({"reporting_line": -2}, "reporting_line must be 0 to 1000, not -2."),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(change, words):
    with pytest.raises(InputError, match=words):
        solve(make_company(4, seed=1), Policy(**change))


def test_managers_in_a_circle_are_refused_by_name():
    rows = [PersonRow(key=1, name="Ann", manager=2), PersonRow(key=2, name="Ben", manager=1)]

    with pytest.raises(InputError, match="above Ann goes round in a circle"):
        solve(gather(rows), Policy())


def test_canonical_people_know_where_they_were():
    people = make_company(30, seed=10)
    order = np.array(random.Random(3).sample(range(30), 30))
    mixed, rows, _ = canonical(people)

    assert mixed.keys.tolist() == sorted(people.keys.tolist())
    assert people.keys[rows].tolist() == mixed.keys.tolist()
    assert len(set(order.tolist())) == 30


def test_memory_is_looked_through_again_once_the_reasons_are_told():
    solve(make_company(60, seed=2), Policy())

    assert gc.isenabled()
