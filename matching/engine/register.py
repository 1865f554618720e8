"""Columns and inverted index that change in place, one person at a time: what `prepare` and `make_indices` would make.

People keep the numbers that they have; who joins gets the next one, and their place in the order of keys stands in
`BY_KEY`. New names of skills, departments and so on get the next numbers, too: nothing but equality is asked of them.
"""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.engine.columns import (
    ALLOWED,
    BY_KEY,
    CHANNEL_CLASS,
    DEPARTMENT,
    FORBIDDEN,
    GRADE,
    I32,
    I64,
    LINE_DEPTH,
    LINE_IN,
    LINE_OUT,
    LINKS,
    MENTEE_CAPACITY,
    MENTOR_CAPACITY,
    NOT_LIKED,
    OUTSIDE,
    PAST,
    PREVIOUS,
    RATHER_NOT,
    RULE_LINE,
    SITE,
    TAKEN,
    WAITING,
    WORK_DAYS,
    WORK_ENDS,
    WORK_STARTS,
    Columns,
    Problem,
    tie_numbers,
    tree_depth,
    tree_walk,
)
from matching.engine.index import UNKNOWN_FIRST, Index, Indices
from matching.engine.lines import Lines, Shelf, with_room
from matching.engine.people import MAX_CHANNELS, UNKNOWN, InputError, IntArray, People
from matching.engine.rows import IN_PERSON, Key, PersonRow, gather

SPARE = 64  # rows for people who may join
APART = 1 << 30  # so far out in the walk of the reporting tree that nobody stands there
BOTH_WAYS = RATHER_NOT | PAST | FORBIDDEN | TAKEN
OWN = {"rather_not": RATHER_NOT, "past_partners": PAST, "running_partners": TAKEN}


def numbered(names: Sequence[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


@dataclass(slots=True)
class Said:
    """What two people are to each other, by who says so: each person in their row, or HR."""

    by_people: dict[int, dict[int, int]]
    by_hr: dict[int, dict[int, int]]

    def bits(self, one: int, other: int) -> int:
        ours = self.by_people.get(one, {}).get(other, 0) | self.by_people.get(other, {}).get(one, 0)
        turned = self.by_hr.get(other, {}).get(one, 0) & BOTH_WAYS
        return ours | turned | self.by_hr.get(one, {}).get(other, 0)


def said_in(people: People, place: I64) -> Said:
    said = Said({}, {})
    tables = [
        (said.by_people, people.rather_not, RATHER_NOT),
        (said.by_people, people.past, PAST),
        (said.by_people, people.running, TAKEN),
        (said.by_hr, people.forbidden, FORBIDDEN),
        (said.by_hr, people.exceptions, ALLOWED),
        (said.by_hr, people.previous, PREVIOUS),
        (said.by_hr, people.fixed[:, :2], TAKEN),
    ]
    for book, table, bit in tables:
        for one, other in place[table.astype(np.int64)].tolist():
            mine = book.setdefault(one, {})
            mine[other] = mine.get(other, 0) | bit
    return said


def couples_in(table: IntArray, place: I64) -> set[tuple[int, int]]:
    return {(one, other) for one, other in place[table.astype(np.int64)].tolist()}


class Register:
    """`people` are the ones that `problem` was prepared from. The indices are those of its columns."""

    def __init__(self, people: People, problem: Problem, indices: Indices) -> None:
        c, named = problem.columns, problem.people
        self.offer_level = problem.policy.offer_level
        self.c = c
        self.keys: list[Key] = named.keys.tolist()
        self.in_order = self.keys.copy()  # `prepare` brought them into it
        self.numbers = {key: number for number, key in enumerate(self.keys)}
        place = np.argsort(problem.rows)
        self.said = said_in(people, place)
        self.allowed = couples_in(people.exceptions, place)
        self.fixed = couples_in(people.fixed[:, :2], place)
        self.skills, self.languages = numbered(named.skill_names), numbered(named.language_names)
        self.departments, self.sites = numbered(named.department_names), numbered(named.site_names)
        self.channels, self.in_person = numbered(named.channel_names), named.in_person
        self.person, self.language, self.tie = c.person.copy(), c.language.copy(), c.tie.copy()
        self.channel_points, self.ranks = c.channel_points, ranks_of(named, c.person[:, CHANNEL_CLASS])
        self.managers = named.managers.astype(np.int64)
        self.offers, self.wishes = Lines(c.offer_start, c.offer), Lines(c.wish_start, c.wish)
        self.codes, self.links = Lines(c.wish_start, indices.mentees.own), Lines(c.link_start, c.link)
        self.to_mentors, self.to_mentees = Shelf(indices.mentees), Shelf(indices.mentors)
        self.fits = indices.mentors.fit, indices.mentees.fit
        self.wished, self.offered = indices.mentors.own_mask.copy(), indices.mentees.own_mask.copy()
        self.place, self.places = indices.mentors.place.copy(), indices.mentors.places
        self.place_of = {tuple(place): number for number, place in enumerate(self.places.tolist())}
        self.seats = [c.person[:, column].copy() for column in (MENTOR_CAPACITY, MENTEE_CAPACITY)]
        self.totals = [int(column.sum()) for column in self.seats]
        self.add_rows(SPARE)

    def __len__(self) -> int:
        return len(self.keys)

    def columns(self) -> Columns:
        """But for the table of who offers a skill, which only a whole run asks for."""
        return self.c._replace(
            person=self.person, language=self.language, channel_points=self.channel_points, tie=self.tie,
            offer_start=self.offers.start, offer=self.offers.rows, wish_start=self.wishes.start,
            wish=self.wishes.rows, link_start=self.links.start, link=self.links.rows,
            skill_start=np.zeros(len(self.to_mentors.start), dtype=np.int64), skill_person=np.empty(0, dtype=np.int32),
        )  # fmt: skip

    def indices(self) -> Indices:
        wishes, offers = self.to_mentees, self.to_mentors
        return Indices(
            mentors=Index(
                wishes.start, wishes.entry, wishes.mask, self.offers.start, self.offers.rows, self.wished,
                self.fits[0], self.place, self.places, self.seats[0],
            ),
            mentees=Index(
                offers.start, offers.entry, offers.mask, self.codes.start, self.codes.rows, self.offered,
                self.fits[1], self.place, self.places, self.seats[1],
            ),
        )  # fmt: skip

    def add_rows(self, more: int) -> None:
        """Rows for people who may join; they ask for nothing."""
        begin = len(self.person)
        self.person, self.language = with_room(self.person, more), with_room(self.language, more)
        self.wished, self.offered = with_room(self.wished, more), with_room(self.offered, more)
        self.tie = np.concatenate([self.tie, np.zeros(more, dtype=np.uint64)])
        self.place = np.concatenate([self.place, np.zeros(more, dtype=np.int32)])
        self.seats = [np.concatenate([column, np.zeros(more, dtype=np.int32)]) for column in self.seats]
        self.managers = np.concatenate([self.managers, np.full(more, UNKNOWN)])
        self.person[begin:, LINE_IN] = APART + np.arange(begin, begin + more)
        self.person[begin:, LINE_OUT] = self.person[begin:, LINE_IN] + 1
        for table in (self.offers, self.wishes, self.codes, self.links):
            table.add_owners(more)

    def join(self, key: Key) -> int:
        """The number of somebody new, who asks for nothing yet."""
        if self.keys and type(key) is not type(self.keys[0]):
            raise InputError("The keys must be all numbers or all text.")
        number = len(self.keys)
        if number == len(self.person):
            self.add_rows(max(SPARE, number // 64))
        lower = bisect(self.in_order, key)
        self.in_order.insert(lower, key)
        self.person[self.person[:, BY_KEY] >= lower, BY_KEY] += 1
        self.person[number, BY_KEY] = lower
        self.tie[number] = tie_numbers([key])[0]
        self.keys.append(key)
        self.numbers[key] = number
        return number

    def put(self, row: PersonRow) -> set[int]:
        """Takes a person as this row has them, or takes them in. Returns whose pairs may be others now."""
        gather([row])  # says what is wrong with it
        if len({*self.channels, *row.channels}) > MAX_CHANNELS:
            raise InputError(f"channel_names holds more than {MAX_CHANNELS} channels.")
        manager = UNKNOWN if row.manager is None else self.numbers.get(row.manager, UNKNOWN)
        self.refuse_circle(self.numbers.get(row.key, UNKNOWN), manager)
        number = self.numbers[row.key] if row.key in self.numbers else self.join(row.key)
        self.unshelve(number)
        self.fill(number, row)
        self.say(number, row)
        touched = self.stand_below(number, manager)
        self.shelve(number)
        return touched

    def refuse_circle(self, number: int, manager: int) -> None:
        above = manager
        while above != UNKNOWN:
            if above == number:
                raise InputError(f"The line of managers above {self.keys[number]} goes round in a circle.")
            above = int(self.managers[above])

    def fill(self, number: int, row: PersonRow) -> None:
        mine, shift = self.person[number], row.utc_offset
        mine[GRADE], mine[WAITING] = row.grade, row.waiting_runs
        mine[DEPARTMENT] = code_if_known(self.departments, row.department)
        mine[SITE] = code_if_known(self.sites, row.site)
        mine[WORK_STARTS], mine[WORK_ENDS], mine[WORK_DAYS] = (
            row.work_starts - shift,
            row.work_ends - shift,
            row.work_days,
        )
        mine[OUTSIDE] = (1 if row.approved else 2) if row.external else 0
        mine[CHANNEL_CLASS] = self.channel_class(row)
        self.speak(number, [code(self.languages, name) for name in row.languages])
        self.ask(number, row.mentor_capacity, row.mentee_capacity)
        offers = [(code(self.skills, skill), level) for skill, level in row.offers.items() if level >= self.offer_level]
        wishes = [
            (code(self.skills, wish.skill), wish.priority, wish.present, wish.wanted)
            for wish in row.wishes
            if wish.wanted > wish.present
        ]
        self.offers.put(number, lines_of(offers, 2))
        self.wishes.put(number, lines_of(wishes, 4))
        codes = [(skill, 64 * priority + 8 * present + wanted) for skill, priority, present, wanted in wishes]
        self.codes.put(number, lines_of(codes, 2))
        new = len(self.skills) + 1 - len(self.to_mentors.start)
        if new > 0:
            self.to_mentors.add_skills(new)
            self.to_mentees.add_skills(new)

    def ask(self, number: int, mentor: int, mentee: int) -> None:
        """How many partners they take in each role. Their lines must be off the shelves."""
        for side, (column, wanted) in enumerate(((MENTOR_CAPACITY, mentor), (MENTEE_CAPACITY, mentee))):
            self.totals[side] += wanted - int(self.person[number, column])
            self.person[number, column] = wanted
            self.seats[side][number] = wanted

    def speak(self, number: int, spoken: list[int]) -> None:
        while 64 * self.language.shape[1] < len(self.languages):
            self.language = np.column_stack([self.language, np.zeros(len(self.language), dtype=np.uint64)])
        self.language[number] = 0
        for language in spoken:
            self.language[number, language // 64] |= np.uint64(1 << language % 64)

    def channel_class(self, row: PersonRow) -> int:
        """People who rank the channels alike share a class."""
        liked = [code(self.channels, name) for name in row.channels]
        ranks = {channel: place for place, channel in reversed(list(enumerate(liked[:NOT_LIKED])))}
        self.in_person = self.channels.get(IN_PERSON, self.in_person)
        if len(self.channels) > self.ranks.shape[1]:
            new = np.full((len(self.ranks), len(self.channels) - self.ranks.shape[1]), NOT_LIKED)
            self.ranks = np.column_stack([self.ranks, new])
        mine = np.array([ranks.get(channel, NOT_LIKED) for channel in range(self.ranks.shape[1])])
        same = np.flatnonzero((self.ranks == mine).all(axis=1))
        if len(same):
            return int(same[0])
        self.ranks = np.vstack([self.ranks, mine])
        points = np.clip(10 - 2 * (self.ranks + mine), 0, 10).astype(np.int8)
        apart = np.delete(points, self.in_person, axis=1) if self.in_person >= 0 else points
        both = np.stack([apart.max(axis=1, initial=0), points.max(axis=1, initial=0)], axis=1)
        wider = np.zeros((len(both), len(both), 2), dtype=np.int8)
        wider[:-1, :-1] = self.channel_points
        wider[-1], wider[:, -1] = both, both
        self.channel_points = wider
        return len(both) - 1

    def say(self, number: int, row: PersonRow) -> None:
        """Whom they would rather not meet, whom they met before, with whom they are in a pair."""
        before = self.said.by_people.pop(number, {})
        now: dict[int, int] = {}
        for name, bit in OWN.items():
            for key in getattr(row, name):
                if key in self.numbers:
                    other = self.numbers[key]
                    now[other] = now.get(other, 0) | bit
        self.said.by_people[number] = now
        for other in {*before, *now}:
            self.relink(number, other)

    def rule(self, one: int, other: int, bit: int, *, there: bool) -> None:
        """HR forbids two people, allows them, or takes that back."""
        mine = self.said.by_hr.setdefault(one, {})
        mine[other] = mine.get(other, 0) | bit if there else mine.get(other, 0) & ~bit
        if not there and bit & BOTH_WAYS and one in self.said.by_hr.get(other, {}):
            self.said.by_hr[other][one] &= ~bit
        self.relink(one, other)

    def relink(self, one: int, other: int) -> None:
        for owner, partner in ((one, other), (other, one)):
            bits, lines = self.said.bits(owner, partner), self.links.of(owner)
            kept = [tuple(line) for line in lines.tolist() if line[0] != partner]
            self.links.put(owner, lines_of([*kept, (partner, bits)] if bits else kept, 2))
            if self.person[owner, LINKS] != len(self.links.of(owner)):
                self.unshelve(owner)
                self.person[owner, LINKS] = len(self.links.of(owner))
                self.shelve(owner)

    def stand_below(self, number: int, manager: int) -> set[int]:
        """The reporting tree with another manager; those below come along."""
        if manager == self.managers[number]:
            return {number}
        self.managers[number] = manager
        if not (self.managers == number).any() and self.stand_alone(number, manager):
            return {number}
        begin, end = self.person[number, [LINE_IN, LINE_OUT]].tolist()
        below = (self.person[:, LINE_IN] >= begin) & (self.person[:, LINE_IN] < end)
        asks = (self.seats[0] > 0) | (self.seats[1] > 0)
        depth = tree_depth(self.managers)
        line_in, line_out = tree_walk(self.managers, np.argsort(depth, kind="stable"))
        self.person[:, LINE_IN], self.person[:, LINE_OUT], self.person[:, LINE_DEPTH] = line_in, line_out, depth
        moved = np.flatnonzero(below & asks).tolist() if self.c.rules[RULE_LINE] >= 0 else []
        return {number, *moved}

    def stand_alone(self, number: int, manager: int) -> bool:
        """Somebody who has nobody below them needs no new walk: they stand where their manager stands, above nobody.

        Not where the manager stands so, too.
        """
        mine = self.person[number]
        if manager == UNKNOWN:
            mine[LINE_IN], mine[LINE_OUT], mine[LINE_DEPTH] = APART + number, APART + number + 1, 0
            return True
        begin, end, depth = self.person[manager, [LINE_IN, LINE_OUT, LINE_DEPTH]].tolist()
        mine[LINE_IN], mine[LINE_OUT], mine[LINE_DEPTH] = begin, begin, depth + 1
        return bool(end > begin)

    def unshelve(self, number: int) -> None:
        self.to_mentors.take(number, self.offers.of(number)[:, 0].tolist())
        self.to_mentees.take(number, self.wishes.of(number)[:, 0].tolist())

    def shelve(self, number: int) -> None:
        """A person's lines in the index, as `make_indices` writes them."""
        mine = self.person[number]
        self.place[number] = self.place_at(tuple(mine[[SITE, WORK_STARTS, WORK_ENDS, WORK_DAYS]].tolist()))
        spoken = np.bitwise_or.reduce(self.language[number])
        self.wished[number] = spoken, skill_bits(self.wishes.of(number))
        self.offered[number] = spoken, skill_bits(self.offers.of(number))
        facts = [self.place[number], mine[DEPARTMENT], mine[CHANNEL_CLASS], mine[WAITING], mine[LINKS]]
        shelves = (
            (self.to_mentors, self.offers, 1, self.wished, MENTOR_CAPACITY),
            (self.to_mentees, self.codes, -1, self.offered, MENTEE_CAPACITY),
        )
        for shelf, lines, upward, mask, capacity in shelves:
            if mine[capacity] > 0:
                rank = UNKNOWN_FIRST if mine[GRADE] < 0 else upward * mine[GRADE]
                for skill, own in lines.of(number).tolist():
                    shelf.put(skill, entry_of(number, own, rank, facts), mask[number])

    def place_at(self, facts: tuple[int, ...]) -> int:
        if facts not in self.place_of:
            self.place_of[facts] = len(self.places)
            self.places = np.vstack([self.places, np.array([facts], dtype=np.int32)])
        return self.place_of[facts]


def entry_of(number: int, own: int, rank: int, facts: list[int]) -> I32:
    """In the order of `index`: who, code, order, department, place, channels, waiting, links."""
    place, department, channels, waiting, links = facts
    return np.array([number, own, rank, department, place, channels, waiting, links], dtype=np.int32)


def code(names: dict[str, int], name: str) -> int:
    """A name's number; a new one gets the next."""
    return names.setdefault(name, len(names))


def code_if_known(names: dict[str, int], name: str) -> int:
    return code(names, name) if name else UNKNOWN


def lines_of(rows: Sequence[tuple[int, ...]], columns: int) -> I32:
    """Sorted by the first column."""
    return np.array(sorted(rows), dtype=np.int32).reshape(-1, columns)


def skill_bits(lines: I32) -> np.uint64:
    bits = 0
    for skill in lines[:, 0].tolist():
        bits |= 1 << skill % 64
    return np.uint64(bits)


def ranks_of(people: People, classes: I32) -> I64:
    """How each class ranks the channels."""
    ranks = np.full((int(classes.max(initial=-1)) + 1, max(1, len(people.channel_names))), NOT_LIKED)
    for number, person in zip(*np.unique(classes, return_index=True), strict=True):
        liked = [channel for channel in people.channels[person].tolist() if channel >= 0]
        for place, channel in reversed(list(enumerate(liked[:NOT_LIKED]))):
            ranks[number, channel] = place
    return ranks
