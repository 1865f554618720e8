"""An answer that is kept in memory and brought back to the exact optimum after each change, with its proof.

Why a change asks for so little (docs/matching.md has the words): an answer is the best one where every person is in
balance, no pair that is not chosen has a profit, and no chosen one a loss.

- A change of one person touches their pairs and no others (another manager: those of all who stand below as well).
  These pairs go; all of them are looked at anew, and the person's prices set to the least at which none has a profit.
  So all pairs are as they should be. Out of balance are only the person, and the partners whom they left.
- Each person has, in each role, a *least* price not above the true one: at the least prices no pair that is not kept
  here has a profit. So none has one at the true prices, while these are not below the least ones. A least price may
  always be raised; it follows the true one at a distance (`SLACK`).
- `mend` brings people into balance. It keeps the pairs that it knows as they should be, and everybody else in balance;
  but it moves prices. Whose price it lowered below their least one is looked at: with a new least price below that, all
  of their pairs that could have a profit at the least prices come in. Where one has a profit at the true prices, the
  person's price rises until none has. That is again where the second step began; it is done until nobody's price is
  below their least one. Pairs that come in stay until the change is done: there are finitely many, so it ends.

The best answer is the only one, as far as the tie-breaking numbers tell answers apart; so this is what a run from the
beginning finds. Prices may be others: more than one set of them proves the same.
"""

from typing import NamedTuple

import numpy as np

from matching.engine.columns import (
    ALLOWED,
    FORBIDDEN,
    I32,
    I64,
    MENTEE_CAPACITY,
    MENTOR_CAPACITY,
    TAKEN,
    Columns,
    Problem,
    prepare,
)
from matching.engine.compiled import kernel
from matching.engine.criteria import weights_of
from matching.engine.index import Indices
from matching.engine.lines import trimmed
from matching.engine.live_network import (
    FOR_EVER,
    FULL,
    NO_PAIRS,
    NO_SIGHT,
    NO_SLOTS,
    add_pair,
    call_everybody,
    clear,
    look,
    lowered,
    make_eyes,
    mend,
)
from matching.engine.live_state import make_live, with_pairs, with_people, with_slots
from matching.engine.network import INFINITY, State
from matching.engine.partners import weigh_pairs
from matching.engine.people import InputError, People
from matching.engine.policy import Policy
from matching.engine.register import Register
from matching.engine.result import Certificate, Role
from matching.engine.rows import Key, PersonRow
from matching.engine.run import first_candidates, optimum, seats_of, solving_of
from matching.engine.solver import enter
from matching.engine.value import Scale, scale_for, scale_of, value_of
from matching.engine.verify import proof_of

SLACK = 5  # points by which a price may fall before its person's pairs are looked at again
ANYTHING = INFINITY // 2  # below what any pair leaves, and above what stands for a pair that is not eligible


class Solved(NamedTuple):
    """The best answer, and all pairs that lose less than `known_up_to` at its prices."""

    problem: Problem
    indices: Indices
    state: State


def known_up_to(scale: Scale) -> int:
    """Both sides' prices may fall so far before anybody is looked at."""
    return 2 * SLACK * scale.unit


def solve_whole(people: People, policy: Policy) -> Solved:
    problem = prepare(people, policy, weights_of(policy))
    solving = solving_of(problem)
    return Solved(problem, solving.ground.indices, optimum(solving, first_candidates(solving)))


class LiveAnswer:
    """The best answer for these people, and after each change the best one for the people as they are then.

    People are named by their keys. Whoever leaves stays known, for others may stand below them.
    """

    def __init__(self, people: People, policy: Policy, solved: Solved | None = None) -> None:
        """From the beginning, or from where these people are `solved` under this policy."""
        problem, indices, state = solved or solve_whole(people, policy)
        self.register = Register(people, problem, indices)
        self.scale = scale_of(problem.columns)
        self.live = make_live(state, seats_of(problem))
        self.changes = 0
        self.refresh()
        self.bring_allowed(self.register.allowed)
        if solved:
            for least in (self.live.least_mentors, self.live.least_mentees):
                least -= self.slack
        else:
            self.look_around()

    def change(self, row: PersonRow) -> None:
        """The person with this key is as the row says; a new key joins."""
        self.settle(self.register.put(row))

    def leave(self, key: Key) -> None:
        number = self.number(key)
        self.register.unshelve(number)
        self.register.ask(number, 0, 0)
        self.settle({number})

    def offer_seats(self, number: int, role: Role, more: int) -> None:
        """Somebody takes so many partners more in a role."""
        register = self.register
        as_mentor, as_mentee = register.person[number, [MENTOR_CAPACITY, MENTEE_CAPACITY]].tolist()
        seats = {"mentor": as_mentor, "mentee": as_mentee}
        register.unshelve(number)
        register.ask(number, **seats | {role: seats[role] + more})
        register.shelve(number)
        self.settle({number})

    def forbid(self, one: Key, other: Key, *, there: bool = True) -> None:
        """HR will not have the two paired, or takes that back."""
        self.rule(self.number(one), self.number(other), FORBIDDEN, there=there)

    def allow(self, mentor: Key, mentee: Key, *, there: bool = True) -> None:
        """HR allows the pair against the rules, or takes that back."""
        couple = self.number(mentor), self.number(mentee)
        (self.register.allowed.add if there else self.register.allowed.discard)(couple)
        self.rule(*couple, ALLOWED, there=there)

    def fix(self, mentor: Key, mentee: Key) -> None:
        """The pair stays whatever the rules say, and takes a seat of both."""
        couple = self.number(mentor), self.number(mentee)
        if couple[0] == couple[1] or self.register.fixed & {couple, couple[::-1]}:
            raise InputError("fixed holds two people twice, or somebody with themselves.")
        self.register.fixed.add(couple)
        self.rule(*couple, TAKEN, there=True)

    def release(self, mentor: Key, mentee: Key) -> None:
        """A pair that was fixed is so no more."""
        couple = self.number(mentor), self.number(mentee)
        self.register.fixed.remove(couple)
        self.rule(*couple, TAKEN, there=False)

    def number(self, key: Key) -> int:
        if key not in self.register.numbers:
            raise InputError(f"There is nobody with the key {key}.")
        return self.register.numbers[key]

    def rule(self, one: int, other: int, bit: int, *, there: bool) -> None:
        self.register.rule(one, other, bit, there=there)
        self.settle({one, other})

    # What the answer is

    @property
    def chosen(self) -> I64:
        """The numbers of mentor and mentee of each pair beside the fixed ones."""
        state = self.live.state
        arcs = np.flatnonzero(state.used[1:]) + 1
        return np.column_stack([state.mentors.end[arcs], state.mentees.end[arcs]]).astype(np.int64)

    @property
    def fixed(self) -> I64:
        return np.array(sorted(self.register.fixed), dtype=np.int64).reshape(-1, 2)

    def pairs(self) -> set[tuple[Key, Key]]:
        """Mentor and mentee of every pair, the fixed ones with them."""
        keys = self.register.keys
        return {(keys[mentor], keys[mentee]) for mentor, mentee in np.concatenate([self.fixed, self.chosen]).tolist()}

    def is_placed(self, key: Key, role: Role) -> bool:
        """Whether somebody has a partner in a role."""
        number, state = self.number(key), self.live.state
        side, fixed = (state.mentors, 0) if role == "mentor" else (state.mentees, 1)
        return bool(side.degree[number] > 0) or any(couple[fixed] == number for couple in self.register.fixed)

    def prices(self) -> dict[Key, tuple[int, int]]:
        """The price of one more seat of each person as mentor and as mentee."""
        sides = [side.price.tolist() for side in self.live.state[2:]]
        return dict(zip(self.register.keys, zip(*sides, strict=True), strict=False))

    def proof(self) -> tuple[int, int, bool]:
        """The bounds on people placed and total, and whether they are reached: over all pairs, without the solver."""
        people = len(self.register)
        mentors, mentees = (side.price[:people] for side in self.live.state[2:])
        return proof_of(trimmed(self.columns, people), self.fixed, self.chosen, Certificate(mentors, mentees))

    # How it is kept

    def refresh(self) -> None:
        """Reads the register anew, where tables may have moved."""
        more = len(self.register.person) - len(self.live.least_mentors)
        if more:
            self.live = with_people(self.live, more, -self.scale.place)
        self.columns, self.indices = self.register.columns(), self.register.indices()
        self.eyes = make_eyes(self.indices)

    def settle(self, touched: set[int]) -> None:
        """The pairs of these people may be others; all else is as it was."""
        self.changes += 1
        self.refresh()
        for number in sorted(touched):
            clear(self.live, number)
            self.seat(number)
        scale = scale_for(min(self.register.totals), self.columns.weights)
        if scale != self.scale:
            self.reckon_anew(scale)
        self.bring_allowed({couple for couple in self.register.allowed if touched & {*couple}})
        people = len(self.live.least_mentors)
        nodes = [node for number in sorted(touched) for node in (number, people + number)]
        self.look_at(np.array(nodes, dtype=np.int32), ANYTHING - scale.place)
        self.mend()

    def seat(self, number: int) -> None:
        """The seats that the fixed pairs leave somebody; their price is that of the first."""
        for side, (state_side, column) in enumerate(
            zip(self.live.state[2:], (MENTOR_CAPACITY, MENTEE_CAPACITY), strict=True)
        ):
            taken = sum(couple[side] == number for couple in self.register.fixed)
            state_side.capacity[number] = max(0, int(self.columns.person[number, column]) - taken)
            state_side.first[number] = 0 if taken else -self.scale.place
            state_side.price[number] = state_side.first[number]

    def bring_allowed(self, couples: set[tuple[int, int]]) -> None:
        """HR's exceptions that are eligible: the index passes over them."""
        rows = np.array(sorted(couples), dtype=np.int64).reshape(-1, 2)
        values = np.empty(len(rows), dtype=np.int64)
        weigh_pairs(self.columns, self.scale, rows, values)
        for (mentor, mentee), value in zip(rows.tolist(), values.tolist(), strict=True):
            if value > -INFINITY:
                while add_pair(self.live, mentor, mentee, value, self.changes, FOR_EVER) == FULL:
                    self.make_room(NO_SLOTS if self.live.sizes[0] else NO_PAIRS)

    def look_at(self, nodes: I32, slack: int) -> None:
        begin, missing = 0, -1
        while missing:
            begin, missing = look(
                self.columns, self.scale, self.indices, self.live, self.eyes, nodes, begin, slack, self.slack,
                self.changes,
            )  # fmt: skip
            self.make_room(missing)

    def make_room(self, missing: int) -> None:
        if missing == NO_PAIRS:
            self.live = with_pairs(self.live)
        elif missing == NO_SLOTS:
            self.live = with_slots(self.live)
        elif missing == NO_SIGHT:
            self.eyes = make_eyes(self.indices, 4 * self.eyes.found.partner.shape[1])

    def mend(self) -> None:
        nodes = np.empty(2 * len(self.live.least_mentors), dtype=np.int32)
        while True:
            mend(self.live)
            count = lowered(self.live, self.slack, nodes)
            if not count:
                return
            self.look_at(nodes[:count], self.slack)

    @property
    def slack(self) -> int:
        return SLACK * self.scale.unit

    def look_around(self) -> None:
        """Every pair that is nearly as good as those of the answer comes in."""
        people = len(self.live.least_mentors)
        self.live.least_mentors[:] = self.live.state.mentors.price - self.slack
        self.look_at(np.arange(people, 2 * people, dtype=np.int32), self.slack)

    def reckon_anew(self, scale: Scale) -> None:
        """Prices in another unit, and all pairs looked at: the number of seats came to another power of two."""
        state, before, self.scale = self.live.state, self.scale, scale
        for side in state[2:]:
            side.price[:] = converted(side.price, before, scale)
            side.first[:] = np.where(side.first < 0, -scale.place, 0)
        reweigh(self.columns, scale, state)
        enter(state)
        call_everybody(self.live)
        mend(self.live)
        lowered(self.live, 0, np.empty(2 * len(self.live.least_mentors), dtype=np.int32))
        self.look_around()


@kernel
def reweigh(c: Columns, scale: Scale, state: State) -> None:
    for mentor in range(len(state.mentors.price)):
        for slot in range(state.mentors.start[mentor], state.mentors.start[mentor + 1]):
            arc = state.mentors.arcs[slot]
            if arc:
                state.value[arc] = value_of(c, scale, mentor, state.mentees.end[arc])


def converted(prices: I64, before: Scale, after: Scale) -> I64:
    """Places, points and tie-breaking numbers, each in its new unit."""
    places = (prices + before.place // 2) // before.place
    rest = prices - places * before.place
    points = (rest + before.unit // 2) // before.unit
    ties = rest - points * before.unit
    ties = (ties << after.tie_bits) >> before.tie_bits
    new: I64 = places * after.place + points * after.unit + ties
    return new
