"""The words of rules, for two people and for counts."""

from matching.engine import rules
from matching.engine.columns import GRADE, RULE_GRADE_GAP, RULE_OVERLAP
from matching.engine.result import Role
from matching.engine.view import Couples


def broken_sentence(couples: Couples, number: int, rule: int) -> str:
    """What is wrong with these two."""
    mentor, mentee = couples.mentors[number], couples.mentees[number]
    settings = couples.problem.columns.rules
    match rule:
        case rules.SKILL:
            return f"{mentor} has no offer that covers a wish of {mentee}."
        case rules.GRADE_GAP:
            junior, senior = (int(side[number]) for side in couples.facts(GRADE))
            least = int(settings[RULE_GRADE_GAP])
            return f"{mentor} is {grades(senior - junior)} {mentee}; the programme asks for at least {least} below."
        case rules.OVERLAP:
            hours, asked = (
                f"{minutes / 60:.1f}".removesuffix(".0")
                for minutes in (couples.minutes[number], int(settings[RULE_OVERLAP]))
            )
            return f"{mentor} and {mentee} share {hours} working hours a day; the programme asks for {asked}."
    both = {
        rules.ROLE: f"{mentor} did not ask to be a mentor, or {mentee} did not ask to be a mentee.",
        rules.LINE: f"{mentor} and {mentee} are in one reporting line.",
        rules.LANGUAGE: f"{mentor} and {mentee} share no language.",
        rules.AGAIN: f"{mentor} and {mentee} were partners before.",
        rules.EXTERNAL: f"{mentor} or {mentee} is a partner from outside who may not be paired so.",
        rules.FORBIDDEN_BY_HR: f"HR ruled out {mentor} and {mentee} as a pair.",
        rules.TOGETHER: f"{mentor} and {mentee} are in a pair already.",
        rules.DIRECTION: f"{mentor} and {mentee} fit better the other way round.",
    }
    return both[rule]


def grades(gap: int) -> str:
    if gap == 0:
        return "of the same grade as"
    many = "one grade" if abs(gap) == 1 else f"{abs(gap)} grades"
    return f"{many} {'below' if gap > 0 else 'above'}"


COUNTS = {
    rules.FINE: (
        "person fits by the rules but is paired elsewhere or not available",
        "people fit by the rules but are paired elsewhere or not available",
    ),
    rules.SKILL: {
        "mentee": ("person offers nothing", "people offer nothing"),
        "mentor": ("person wishes for nothing", "people wish for nothing"),
    },
    rules.GRADE_GAP: ("person is not far enough apart in grade", "people are not far enough apart in grade"),
    rules.LINE: ("person is in the same reporting line", "people are in the same reporting line"),
    rules.LANGUAGE: ("person shares no language", "people share no language"),
    rules.OVERLAP: ("person has too few working hours in common", "people have too few working hours in common"),
    rules.AGAIN: ("person was a partner before", "people were partners before"),
    rules.EXTERNAL: ("partner from outside may not be paired", "partners from outside may not be paired"),
    rules.FORBIDDEN_BY_HR: ("person was ruled out by HR", "people were ruled out by HR"),
    rules.TOGETHER: ("person is in a pair with them already", "people are in a pair with them already"),
    rules.DIRECTION: ("person fits better the other way round", "people fit better the other way round"),
}
ENDS = {
    (rules.SKILL, "mentee"): " that they look for at a useful level",
    (rules.SKILL, "mentor"): " that they offer at a useful level",
}


def count_sentence(rule: int, count: int, role: Role) -> str:
    """How many possible partners a rule removed."""
    words = COUNTS[rule]
    one, many = words[role] if isinstance(words, dict) else words
    return f"{count:,} {one if count == 1 else many}{ENDS.get((rule, role), '')}."
