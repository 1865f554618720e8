"""All that this app holds about a person, for their own eyes."""

from typing import Any

from goals.models import Agreement, CheckIn, Goal, Rating, Signature
from mentoring.models import Pair, Person

CHECK_IN = ("pair", "number", "status", "due_at", "happiness", "information", "progress", "help_wanted", "words",
            "share_with_hr", "answered_at")  # fmt: skip
GOAL = ("pair", "title", "why", "measure", "due_on", "level_at_start", "level_now", "progress", "status", "created_at")
AGREEMENT = ("pair", "version", "mentor_wants", "mentee_wants", "channel", "place", "every_weeks", "minutes",
             "reply_within_days", "confidentiality", "off_limits", "ending")  # fmt: skip
SURVEY = ("sheet__survey__name", "sheet__time", "statement__text", "value")


def own_data(person: Person) -> dict[str, Any]:
    """Section → rows."""
    signed = Signature.objects.filter(person=person)
    return {
        "agreements": list(Agreement.objects.filter(pair__in=Pair.objects.of(person).started()).values(*AGREEMENT)),
        "signatures": list(signed.values("version__agreement__pair", "version__number", "signed_at")),
        "goals": list(Goal.objects.filter(learner=person).values(*GOAL)),
        "surveys": list(Rating.objects.filter(sheet__person=person).values(*SURVEY)),
        "check_ins": list(CheckIn.objects.visible_to(person.user).values(*CHECK_IN)),
    }
