"""All that this app holds about a person, for their own eyes: what they wrote and answered, and no word of another."""

from typing import Any

from goals.models import (
    Agreement,
    AgreementVersion,
    CheckIn,
    Decision,
    Evidence,
    Feedback,
    Goal,
    GoalRating,
    Hand,
    HandMessage,
    Milestone,
    Rating,
    Signature,
    Thought,
)
from mentoring.models import Pair, Person

CHECK_IN = ("pair", "number", "status", "due_at", "happiness", "information", "progress", "help_wanted", "words",
            "share_with_hr", "answered_at")  # fmt: skip
GOAL = ("pair", "title", "why", "measure", "due_on", "level_at_start", "level_now", "progress", "status", "created_at")
AGREEMENT = ("pair", "version", "mentor_wants", "mentee_wants", "channel", "place", "every_weeks", "minutes",
             "reply_within_days", "confidentiality", "off_limits", "ending")  # fmt: skip
GIVEN = ("pair", "status", "situation", "saw", "effect", "next", "answer", "written_at", "sent_at")
GOT = ("pair", "author__name", "sent_at", "question", "thanked_at", "saved_at")
THOUGHT = ("brainstorm__pair", "part", "text", "written_at")
DECISION = ("brainstorm__pair", "kind", "text", "due_on", "carried_out_at")
SURVEY = ("sheet__survey__name", "sheet__time", "statement__text", "value")


def own_data(person: Person) -> dict[str, Any]:
    """Section → rows."""
    return {**_agreed(person), **_learned(person), **_said(person)}


def _agreed(person: Person) -> dict[str, Any]:
    signed = Signature.objects.filter(person=person)
    return {
        "agreements": list(Agreement.objects.filter(pair__in=Pair.objects.of(person).started()).values(*AGREEMENT)),
        "signatures": list(signed.values("version__agreement__pair", "version__number", "signed_at")),
        "versions_saved": list(
            AgreementVersion.objects.filter(saved_by=person).values("agreement__pair", "number", "content", "saved_at")
        ),
    }


def _learned(person: Person) -> dict[str, Any]:
    goals = Goal.objects.filter(learner=person)
    steps, kept = Milestone.objects.filter(goal__in=goals), Evidence.objects.filter(goal__in=goals)
    return {
        "goals": list(goals.values(*GOAL)),
        "goal_ratings": list(GoalRating.objects.filter(goal__in=goals).values("goal__title", "day", "progress")),
        "milestones": list(steps.values("goal__title", "title", "done_at")),
        "evidence": list(kept.values("goal__title", "text", "link")),
    }


def _said(person: Person) -> dict[str, Any]:
    """In a brainstorm, in feedback, to HR, in surveys and check-ins."""
    hands = Hand.objects.filter(person=person)
    own = HandMessage.objects.filter(hand__in=hands, author=person)
    chosen = Thought.objects.filter(chosen_by=person)
    return {
        "brainstorm_lines": list(Thought.objects.filter(author=person).values(*THOUGHT)),
        "brainstorm_lines_chosen": list(chosen.values("brainstorm__pair", "part", "pk")),
        "brainstorm_decisions_of_mine": list(Decision.objects.filter(owner=person).values(*DECISION)),
        "feedback_given": list(Feedback.objects.filter(author=person).values(*GIVEN)),
        "feedback_received": list(Feedback.objects.filter(receiver=person, status="sent").values(*GOT)),
        "hands_raised": list(hands.values("pk", "topic", "pair", "status", "raised_at")),
        "what_i_wrote_to_hr": list(own.values("hand", "text", "sent_at")),
        "surveys": list(Rating.objects.filter(sheet__person=person).values(*SURVEY)),
        "check_ins": list(CheckIn.objects.visible_to(person.user).values(*CHECK_IN)),
    }
