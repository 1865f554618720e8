"""Panels on people and skills: data in, named records out."""

import datetime as dt

from django.urls import reverse

from mentoring.models import Person, Skill
from mentoring.panels import NextStep

PAST_ONBOARDING = 5


def home_panels(person: Person, now: dt.datetime) -> list[NextStep]:
    steps = _empty_lists(person) if person.onboarding_step >= PAST_ONBOARDING else []
    return [*steps, *(_skills_to_review() if person.user.is_hr else [])]


def _empty_lists(person: Person) -> list[NextStep]:
    """Newcomers hear of it in their first steps; everybody else here."""
    steps = []
    if not person.offers.exists():
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
    if not person.wishes.exists():
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


def _skills_to_review() -> list[NextStep]:
    number = Skill.objects.proposed().count()
    if not number:
        return []
    return [
        NextStep(
            title="One proposed skill waits" if number == 1 else f"{number} proposed skills wait",
            sentence="Take them into the list, join them with others, or leave them out.",
            url=reverse("skill-review"),
            button="Review",
            icon="list-checks",
            urgency=70,
        )
    ]
