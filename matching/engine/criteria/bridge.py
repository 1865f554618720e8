"""Bridge: people of different departments and sites."""

from collections.abc import Sequence

from matching.engine.columns import DEPARTMENT, SITE, Columns
from matching.engine.compiled import inlined
from matching.engine.view import Couples

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


def sentences(couples: Couples) -> list[str]:
    known: dict[tuple[int, ...], str] = {}  # many pairs share their departments and sites
    people, told = couples.problem.people, []
    facts = [column.tolist() for fact in (DEPARTMENT, SITE) for column in couples.facts(fact)]
    for key in zip(*facts, strict=True):
        sentence = known.get(key)
        if sentence is None:
            departments, sites = both(people.department_names, *key[:2]), both(people.site_names, *key[2:])
            sentence = known[key] = bridging(departments, sites)
        told.append(sentence)
    return told


def bridging(departments: str, sites: str) -> str:
    if departments:
        return f"They bridge {departments}, and the sites {sites}." if sites else f"They bridge {departments}."
    return f"They bridge the sites {sites}." if sites else ""


def both(names: Sequence[str], one: int, other: int) -> str:
    """Both names, where they are known and differ."""
    return f"{names[one]} and {names[other]}" if one >= 0 and other >= 0 and one != other else ""
