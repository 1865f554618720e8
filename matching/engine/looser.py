"""A rule one step looser, for everybody."""

from dataclasses import dataclass, replace

from matching.engine.people import People
from matching.engine.policy import Policy
from matching.engine.result import Change


@dataclass(frozen=True, slots=True)
class Trial:
    """A change, and the input with it."""

    change: Change
    people: People
    policy: Policy


def looser_rules(people: People, policy: Policy) -> list[Trial]:
    """Each rule one step looser, for everybody."""
    steps: list[tuple[str, int | float | None, str]] = []
    if policy.grade_gap is not None and policy.grade_gap > 0:
        less = policy.grade_gap - 1
        steps.append(("grade_gap", less, f"If mentors needed to be only {less} grades below instead of {less + 1}."))
    if policy.overlap_hours:
        hours = max(0, policy.overlap_hours - 1)
        steps.append(("overlap_hours", hours, f"If {hours:g} working hours in common were enough."))
    if policy.offer_level > 1:
        level = policy.offer_level - 1
        steps.append(("offer_level", level, f"If offers counted from level {level} on."))
    if policy.not_again:
        steps.append(("not_again", False, "If past partners could be paired again."))
    if policy.reporting_line:
        steps.append(
            ("reporting_line", 1 if policy.reporting_line > 1 else None, LINE_WORDS[policy.reporting_line > 1])
        )
    if policy.shared_language:
        steps.append(("shared_language", False, "If a shared language were not asked for."))
    return [
        Trial(Change("rule", sentence, {"rule": name, "to": value}), people, replace(policy, **{name: value}))  # type: ignore[arg-type]
        for name, value, sentence in steps
    ]


LINE_WORDS = {
    True: "If only somebody’s own manager counted as a reporting line.",
    False: "If people of one reporting line could be paired.",
}
