"""The kinds of message that a person can switch on and off."""

from django.db import models


class Kind(models.TextChoices):
    ACCOUNT = "account", "Your account"
    SKILL = "skill", "Skills you proposed"
    PROGRAMME = "programme", "Programmes"
    INVITATION = "invitation", "Invitations to a pair, and quick questions"
    PAIR = "pair", "News of your pairs"
    MEETING = "meeting", "Meetings"
    REMINDER = "reminder", "Reminders of meetings"
    STEP = "step", "Next steps that you took on"
    CHECK_IN = "check_in", "Check-ins"
    HELP = "help", "Answers from HR that you asked for"
    HR = "hr", "HR's desk"
    DIGEST = "digest", "The digest"


# What a person cannot switch off: without it they could not sign in.
ALWAYS = frozenset({Kind.ACCOUNT})
# The digest is made of the others: who stops it stops them.
SWITCHABLE = tuple(kind for kind in Kind if kind not in ALWAYS | {Kind.DIGEST})


def switchable_for(*, is_hr: bool) -> tuple[Kind, ...]:
    """The kinds that this person may ever get."""
    return tuple(kind for kind in SWITCHABLE if is_hr or kind != Kind.HR)
