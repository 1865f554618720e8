"""Columns that home and pair page do not show, and so do not read: a programme alone has 45.

What is not read is not wrong but dear: whoever asks for it after all costs a query.
"""

from collections.abc import Iterable

RULES = (
    "guide", "departments", "grades", "sites", "slow_low_answers", "slow_low_at", "slow_days_overdue",
    "slow_days_without_meeting", "slow_help_after_days", "min_grade_gap", "apply_grade_gap", "no_reporting_line",
    "reporting_line_levels", "shared_language", "min_overlap_hours", "min_offer_level", "worst_off_first",
    "weight_skill_fit", "weight_exchange", "weight_grade_gap", "weight_bridge", "weight_channels", "weight_overlap",
    "weight_waiting", "announcing", "announced_up_to", "created_by", "created_at", "version",
)  # fmt: skip
OF_PERSON = ("employee_number", "manager", "onboarding_step", "confidential_since", "updated_at")
OF_SKILL = ("category", "description", "aliases", "status", "proposed_by", "merged_into", "created_at", "updated_at")

OF_MEETING = ("place", "agenda", "logged_by", "logged_at", "uid", "sequence", "created_at")


def of(what: str, columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{what}__{column}" for column in columns)


UNSHOWN = (
    *of("programme", RULES),
    *of("mentor", OF_PERSON),
    *of("mentee", OF_PERSON),
    *of("skill", OF_SKILL),
    *of("return_skill", OF_SKILL),
)  # of a pair and those around it
