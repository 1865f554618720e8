"""Communication: a channel that both rank high."""

from matching.engine.columns import CHANNEL_CLASS, NOT_LIKED, Columns
from matching.engine.compiled import inlined
from matching.engine.hours import same_site
from matching.engine.view import Couple, View

NAME = "channels"
TITLE = "Ways to meet"
WEIGHT = 2
RANKS = ("first", "second", "third", "fourth", "fifth")


@inlined
def fulfilment(c: Columns, mentor: int, mentee: int) -> int:
    """10 for a channel that both put first, 2 less for each rank below; meeting in person needs the same site."""
    together = 1 if same_site(c, mentor, mentee) else 0
    return int(c.channel_points[c.person[mentor, CHANNEL_CLASS], c.person[mentee, CHANNEL_CLASS], together])


def sentence(view: View, couple: Couple) -> str:
    mine, theirs = view.rankings[couple.mentor][:NOT_LIKED], view.rankings[couple.mentee][:NOT_LIKED]
    together = view.same_site(couple.mentor, couple.mentee)
    shared = [channel for channel in mine if channel in theirs and (together or channel != view.people.in_person)]
    if not shared:
        return ""
    best = min(shared, key=lambda channel: (mine.index(channel) + theirs.index(channel), channel))
    first, second = RANKS[mine.index(best)], RANKS[theirs.index(best)]
    name = view.people.channel_names[best].replace("_", " ").capitalize()
    if first == second:
        return f"{name} is both people’s {first} choice."
    return f"{name} is {view.names[couple.mentor]}’s {first} choice and {view.names[couple.mentee]}’s {second}."
