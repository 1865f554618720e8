"""Communication: a channel that both rank high."""

import numpy as np

from matching.engine.columns import CHANNEL_CLASS, NOT_LIKED, SITE, Columns, channel_ranks
from matching.engine.compiled import inlined
from matching.engine.hours import same_site
from matching.engine.view import Couples

NAME = "channels"
TITLE = "Ways to meet"
WEIGHT = 2
NOT_SHARED = 2 * NOT_LIKED  # more than the ranks of any channel that both like
RANKS = ("first", "second", "third", "fourth", "fifth")


@inlined
def fulfilment(c: Columns, mentor: int, mentee: int) -> int:
    """10 for a channel that both put first, 2 less for each rank below; meeting in person needs the same site."""
    together = 1 if same_site(c, mentor, mentee) else 0
    return int(c.channel_points[c.person[mentor, CHANNEL_CLASS], c.person[mentee, CHANNEL_CLASS], together])


def sentences(couples: Couples) -> list[str]:
    """The channel that suits both best, and which choice it is of each."""
    people, (site, other_site) = couples.problem.people, couples.facts(SITE)
    mine, theirs = (channel_ranks(people.channels[side], len(people.channel_names)) for side in couples.couples.T)
    together = mine + theirs
    together[(mine == NOT_LIKED) | (theirs == NOT_LIKED)] = NOT_SHARED
    if people.in_person >= 0:
        together[(site < 0) | (site != other_site), people.in_person] = NOT_SHARED
    best, every = together.argmin(axis=1), np.arange(len(couples))
    shared = (together[every, best] < NOT_SHARED).tolist()
    names = [name.replace("_", " ").capitalize() for name in people.channel_names]
    ranks = mine[every, best].tolist(), theirs[every, best].tolist()
    told = zip(shared, best.tolist(), *ranks, couples.mentors, couples.mentees, strict=True)
    return [choice(names[channel], *facts) if is_shared else "" for is_shared, channel, *facts in told]


def choice(channel: str, first: int, second: int, mentor: str, mentee: str) -> str:
    if first == second:
        return f"{channel} is both people’s {RANKS[first]} choice."
    return f"{channel} is {mentor}’s {RANKS[first]} choice and {mentee}’s {RANKS[second]}."
