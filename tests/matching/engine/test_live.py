"""An answer that is kept: after every change that of a run from the beginning, and its prices prove it."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.company import make_company
from matching.engine import Certificate, InputError, PersonRow, Policy, Wish, gather, solve, verify
from matching.engine.live import LiveAnswer
from matching.engine.rows import row_of
from tests.matching.engine.companies import companies, person, policies
from tests.matching.engine.reference import Company, above

slow = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


@dataclass
class Kept:
    """A company and the answer that follows it. Each method is one change of both."""

    company: Company
    policy: Policy

    def __post_init__(self):
        self.live = LiveAnswer(self.people(), self.policy)

    def people(self):
        company = self.company
        return gather(
            company.rows,
            fixed=company.fixed,
            forbidden=company.forbidden,
            exceptions=company.exceptions,
            previous=company.previous,
        )

    def change(self, row):
        rest = tuple(other for other in self.company.rows if other.key != row.key)
        self.company = replace(self.company, rows=(*rest, row))
        self.live.change(row)

    def leave(self, key):
        row = replace(self.company[key], mentor_capacity=0, mentee_capacity=0)
        rest = tuple(other for other in self.company.rows if other.key != key)
        self.company = replace(self.company, rows=(*rest, row))
        self.live.leave(key)

    def forbid(self, one, other):
        self.company = replace(self.company, forbidden=(*self.company.forbidden, (one, other)))
        self.live.forbid(one, other)

    def allow(self, mentor, mentee):
        self.company = replace(self.company, exceptions=(*self.company.exceptions, (mentor, mentee)))
        self.live.allow(mentor, mentee)

    def fix(self, mentor, mentee):
        if mentor != mentee and {mentor, mentee} not in [{a, b} for a, b, _ in self.company.fixed]:
            self.company = replace(self.company, fixed=(*self.company.fixed, (mentor, mentee, "")))
            self.live.fix(mentor, mentee)

    def release(self):
        if self.company.fixed:
            (mentor, mentee, _), *rest = self.company.fixed
            self.company = replace(self.company, fixed=tuple(rest))
            self.live.release(mentor, mentee)

    def check(self):
        """A run from the beginning places as many, with the same total, over the same pairs; the verifier agrees."""
        people = self.people()
        fresh = solve(people, self.policy)
        keys = people.keys.tolist()
        prices = self.live.prices()
        ours = Certificate(
            mentor_prices=np.array([prices[key][0] for key in keys]),
            mentee_prices=np.array([prices[key][1] for key in keys]),
        )
        assert self.live.pairs() == {(keys[pair.mentor], keys[pair.mentee]) for pair in fresh.pairs}
        assert verify(people, self.policy, replace(fresh, certificate=ours)) == ()
        assert self.live.proof() == (fresh.objective.placed, fresh.objective.total, True)


@st.composite
def changes(draw, kept):
    """One change, made."""
    keys = [row.key for row in kept.company.rows]
    key, other = draw(st.sampled_from(keys)), draw(st.sampled_from(keys))
    match draw(st.integers(0, 8)):
        case 0:
            kept.change(draw(person(max(keys) + 1, keys, keys)))
        case 1:
            kept.change(draw(person(draw(st.integers(200, 899).filter(lambda new: new not in keys)), keys, keys)))
        case 2:
            kept.leave(key)
        case 3:
            kept.forbid(key, other)
        case 4:
            kept.allow(key, other)
        case 5:
            kept.fix(key, other)
        case 6:
            kept.release()
        case 7:
            seats = draw(st.integers(0, 3)), draw(st.integers(0, 3))
            kept.change(replace(kept.company[key], mentor_capacity=seats[0], mentee_capacity=seats[1]))
        case 8:
            below = [row.key for row in kept.company.rows if key in above(kept.company, row)]
            kept.change(draw(person(key, [k for k in keys if k != key and k not in below], keys)))


@slow
@given(companies(least=3, most=8), policies(), st.data())
def test_after_every_change_the_answer_is_that_of_a_run_from_the_beginning(company, policy, data):
    kept = Kept(company, policy)

    for _ in range(data.draw(st.integers(1, 6))):
        data.draw(changes(kept))
        kept.check()


@pytest.mark.parametrize(("shape", "policy"), [("executives", Policy()), ("everybody", Policy(grade_gap=None))])
def test_three_hundred_people_change_one_after_the_other(shape, policy):
    people = make_company(300, seed=7, shape=shape, skills=[f"Skill {number}" for number in range(30)])
    rows = tuple(row_of(people, number) for number in range(len(people)))
    kept = Kept(Company(rows=rows), policy)
    dice = np.random.default_rng(5)

    for number in range(40):
        one, other = (rows[place] for place in dice.choice(300, 2, replace=False).tolist())
        now = kept.company[one.key]
        match number % 7:
            case 0:
                kept.change(replace(now, offers=other.offers, wishes=other.wishes))
            case 1:
                kept.change(replace(other, key=one.key, manager=now.manager))
            case 2:
                kept.change(replace(one, key=500 - number, name="Somebody new"))
            case 3:
                kept.leave(one.key)
            case 4:
                kept.forbid(*sorted(kept.live.pairs())[number])
            case 5:
                kept.fix(one.key, other.key)
            case 6:
                kept.change(replace(now, mentor_capacity=2, mentee_capacity=1))
        if number % 4 == 3:
            kept.check()
    kept.check()


def test_people_whom_two_skills_bring_together_have_no_room_for_all_their_pairs():
    people = make_company(160, seed=4, skills=["Hiring", "Python"])
    rows = tuple(row_of(people, number) for number in range(len(people)))
    kept = Kept(Company(rows=rows), Policy())

    for row, other in zip(rows[:60], rows[60:120], strict=True):
        kept.change(replace(row, offers=other.offers, wishes=other.wishes, mentor_capacity=3, mentee_capacity=3))

    kept.check()


def test_more_people_join_than_there_was_room_for():
    kept = Kept(Company(rows=(ann(1), ben(2))), Policy())

    for key in range(3, 160, 2):
        kept.change(ann(key))
        kept.change(ben(key + 1))

    kept.check()
    assert len(kept.live.pairs()) == 80


def test_new_skills_languages_places_and_channels_are_taken_in():
    kept = Kept(Company(rows=(ann(1), ben(2))), Policy())

    for number in range(70):
        skill, language = f"Skill {number}", f"x{number}"
        new = {"site": f"Site {number}", "department": f"Department {number}", "channels": ["in_person", "chat"]}
        kept.change(replace(ann(10 + 2 * number), offers={skill: 4}, languages=[language], **new))
        kept.change(replace(ben(11 + 2 * number), wishes=[Wish(skill=skill)], languages=[language], **new))

    kept.check()
    assert len(kept.live.pairs()) == 71


def test_what_is_wrong_is_refused_and_changes_nothing():
    kept = Kept(Company(rows=(ann(1), ben(2))), Policy())
    kept.change(replace(ann(1), manager=2))

    for wrong, words in [
        (lambda: kept.live.change(replace(ben(2), manager=1)), "goes round in a circle"),
        (lambda: kept.live.change(ann("three")), "all numbers or all text"),
        (lambda: kept.live.change(replace(ben(2), mentee_capacity=9)), "must be 0 to 3"),
        (lambda: kept.live.change(replace(ben(2), channels=list("abcdefg"))), "more than 6 channels"),
        (lambda: kept.live.leave(7), "nobody with the key 7"),
        (lambda: kept.live.fix(2, 2), "somebody with themselves"),
    ]:
        with pytest.raises(InputError, match=words):
            wrong()

    kept.check()


def ann(key):
    return PersonRow(key=key, name=f"Ann {key}", grade=1, mentor_capacity=1, offers={"Python": 5})


def ben(key):
    return PersonRow(key=key, name=f"Ben {key}", grade=3, mentee_capacity=1, wishes=[Wish(skill="Python", wanted=5)])
