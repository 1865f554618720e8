"""docs/matching.md says what the engine does, to the number."""

import re
from pathlib import Path

from matching.engine import Policy, gather, solve, verify
from matching.engine.criteria import ALL, DEFAULT_WEIGHTS
from matching.engine.rules import RULES
from matching.spreadsheet import read_table

PAGE = Path(__file__).resolve().parents[3].joinpath("docs", "matching.md").read_text(encoding="utf-8")


def table_after(heading: str) -> list[list[str]]:
    """The cells of the first table after some words, without its head."""
    lines = PAGE.split(heading, 1)[1].splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("| "))
    rows = []
    for line in lines[first + 2 :]:
        if not line.startswith("| "):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def example():
    text = re.search(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    assert text
    return gather(read_table(text[1]))


def test_the_worked_example_scores_as_the_page_says():
    people, told = example(), table_after("only three pairs are eligible")

    for mentor, mentee, *points, score in told:
        fixed = [(str(people.names.index(mentor) + 1), str(people.names.index(mentee) + 1), "")]
        text = re.search(r"```csv\n(.*?)```", PAGE, re.DOTALL)
        assert text
        pair = next(pair for pair in solve(gather(read_table(text[1]), fixed=fixed), Policy()).pairs if pair.fixed)
        assert [part.points for part in pair.criteria] == [int(number) for number in points]
        assert pair.score == int(score)


def test_the_worked_example_ends_as_the_page_says():
    people = example()

    result = solve(people, Policy())

    assert [(people.names[pair.mentor], people.names[pair.mentee]) for pair in result.pairs] == [
        ("Taylor", "Ted"),
        ("Jessica", "Amirah"),
    ]
    assert result.objective[:4] == (4, 278, 4, 278)
    assert [(people.names[left.person], left.role) for left in result.left_out] == [
        ("Taylor", "mentee"),
        ("Amirah", "mentor"),
        ("Sarah", "mentor"),
    ]
    assert verify(people, Policy(), result) == ()


def test_the_page_names_every_rule_and_every_criterion_with_its_weight():
    rules = [row[0] for row in table_after("## Who may be paired")]
    criteria = {row[0]: row[1] for row in table_after("## What a pair scores")}

    assert rules == [rule.name for rule in RULES.values()] + ["(private)"]
    assert list(criteria) == [module.NAME for module in ALL]
    assert {name: int(weight) for name, weight in criteria.items() if name != "kept"} == DEFAULT_WEIGHTS
