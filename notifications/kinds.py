"""The kinds of message that a person can switch on and off."""

from django.db import models


class Kind(models.TextChoices):
    ACCOUNT = "account", "Your account"
    SKILL = "skill", "Skills you proposed"
    PROGRAMME = "programme", "Programmes"
    INVITATION = "invitation", "Invitations to a pair, and quick questions"
    PAIR = "pair", "News of your pairs"
    MEETING = "meeting", "Meetings"
    CHECK_IN = "check_in", "Check-ins"
    HR = "hr", "HR's desk"


# What a person cannot switch off: without it they could not sign in.
ALWAYS = frozenset({Kind.ACCOUNT})
SWITCHABLE = tuple(kind for kind in Kind if kind not in ALWAYS)
