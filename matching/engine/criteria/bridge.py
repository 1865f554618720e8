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
    people = couples.problem.people
    departments = of_each(couples, DEPARTMENT, people.department_names)
    sites = of_each(couples, SITE, people.site_names)
    return [bridging(*names) for names in zip(departments, sites, strict=True)]


def of_each(couples: Couples, fact: int, names: Sequence[str]) -> list[str]:
    """Both names of each couple: many couples share them."""
    of_two = list(zip(*(column.tolist() for column in couples.facts(fact)), strict=True))
    known = {two: both(names, *two) for two in set(of_two)}
    return [known[two] for two in of_two]


def bridging(departments: str, sites: str) -> str:
    if departments:
        return f"They bridge {departments}, and the sites {sites}." if sites else f"They bridge {departments}."
    return f"They bridge the sites {sites}." if sites else ""


def both(names: Sequence[str], one: int, other: int) -> str:
    """Both names, where they are known and differ."""
    return f"{names[one]} and {names[other]}" if one >= 0 and other >= 0 and one != other else ""
