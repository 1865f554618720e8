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
    mentor, mentee, _, _ = couple
    together = view.same_site(mentor, mentee)
    key = (NAME, view.facts[mentor][CHANNEL_CLASS], view.facts[mentee][CHANNEL_CLASS], together)
    if key not in view.known:
        view.known[key] = best_for_both(view, view.rankings[mentor], view.rankings[mentee], together=together)
    if view.known[key] is None:
        return ""
    name, first, second = view.known[key]
    if first == second:
        return f"{name} is both people’s {first} choice."
    return f"{name} is {view.names[mentor]}’s {first} choice and {view.names[mentee]}’s {second}."


def best_for_both(view: View, mine: list[int], theirs: list[int], *, together: bool) -> tuple[str, str, str] | None:
    """The channel that suits both best, and which choice it is of each."""
    mine, theirs = mine[:NOT_LIKED], theirs[:NOT_LIKED]
    shared = [channel for channel in mine if channel in theirs and (together or channel != view.people.in_person)]
    if not shared:
        return None
    best = min(shared, key=lambda channel: (mine.index(channel) + theirs.index(channel), channel))
    name = view.people.channel_names[best].replace("_", " ").capitalize()
    return name, RANKS[mine.index(best)], RANKS[theirs.index(best)]
