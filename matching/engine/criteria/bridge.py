"""Bridge: people of different departments and sites."""

from matching.engine.columns import DEPARTMENT, SITE, Columns
from matching.engine.compiled import inlined
from matching.engine.view import Couple, View

NAME = "bridge"
TITLE = "Bridge"
WEIGHT = 4
OTHER_DEPARTMENT = 6
OTHER_SITE = 4


@inlined
def fulfilment(c: Columns, mentor: int, mentee: int) -> int:
    points = 0
    one, other = c.person[mentor, DEPARTMENT], c.person[mentee, DEPARTMENT]
    if one >= 0 and other >= 0 and one != other:
        points += OTHER_DEPARTMENT
    one, other = c.person[mentor, SITE], c.person[mentee, SITE]
    if one >= 0 and other >= 0 and one != other:
        points += OTHER_SITE
    return points


def sentence(view: View, couple: Couple) -> str:
    mine, theirs = view.facts[couple.mentor], view.facts[couple.mentee]
    key = (mine[DEPARTMENT], theirs[DEPARTMENT], mine[SITE], theirs[SITE])
    known: str | None = view.known.get(key)
    if known is None:
        known = view.known[key] = bridging(view, *key)
    return known


def bridging(view: View, mine: int, theirs: int, my_site: int, their_site: int) -> str:
    people = view.people
    departments, sites = differing(mine, theirs), differing(my_site, their_site)
    bridged = []
    if departments:
        bridged.append(" and ".join(people.department_names[number] for number in departments))
    if sites:
        bridged.append(" and ".join(people.site_names[number] for number in sites))
    return f"They bridge {', and the sites '.join(bridged)}." if departments else site_sentence(bridged)


def site_sentence(bridged: list[str]) -> str:
    return f"They bridge the sites {bridged[0]}." if bridged else ""


def differing(a: int, b: int) -> tuple[int, ...]:
    return (a, b) if a >= 0 and b >= 0 and a != b else ()
