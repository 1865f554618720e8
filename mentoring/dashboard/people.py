"""Panels on people and skills: data in, named records out."""

import datetime as dt

from django.urls import reverse

from mentoring.dashboard.mine import Mine
from mentoring.models import Person
from mentoring.panels import NextStep

PAST_ONBOARDING = 5


def home_panels(person: Person, now: dt.datetime, mine: Mine | None = None) -> list[NextStep]:
    """An empty inventory. Newcomers hear of it in their first steps, and HR may well take no part."""
    steps: list[NextStep] = []
    if person.user.is_hr or person.onboarding_step < PAST_ONBOARDING:
        return steps
    offers, wishes = (mine or Mine(person, now)).inventory
    if not offers:
        steps.append(
            NextStep(
                title="Say what you could teach",
                sentence="Pairs come about where an offer meets a wish. Two or three skills are a good start.",
                url=reverse("inventory"),
                button="My skills",
                icon="sparkles",
                urgency=60,
            )
        )
    if not wishes:
        steps.append(
            NextStep(
                title="Say what you would like to learn",
                sentence="Without a wish we can hardly find somebody for you.",
                url=reverse("inventory"),
                button="My skills",
                icon="sprout",
                urgency=60,
            )
        )
    return steps
