"""Marks of an input: of all of it, and one that may be shown to who must learn nothing of rather-not lists."""

from dataclasses import replace

from matching.engine.canonical import canonical, input_hash
from matching.engine.people import People, no_rows
from matching.engine.policy import Policy


def mark_without_lists(people: People, policy: Policy) -> str:
    """The same for the same people, rules and engine, whatever is on their lists."""
    return input_hash(canonical(replace(people, rather_not=no_rows(2)()))[0], policy)


def mark_of_input(people: People, policy: Policy) -> str:
    """The same for the same people, rules and engine, whatever the order of rows."""
    return input_hash(canonical(people)[0], policy)
