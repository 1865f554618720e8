"""Quick questions: one skill, one or two meetings, no agreement. Answered with `pairs.accept` and `pairs.decline`."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentoring.actions.asking import ask as give_time
from mentoring.actions.base import lock, record
from mentoring.models import AuditEntry, Pair, Person, RatherNotList, Skill
from mentoring.notices import consent
from mentoring.seniority import junior_of

MOST_OPEN = 3  # questions that one person has before them at a time, unanswered or under way
UNDER_WAY = dt.timedelta(days=30)  # older ones weigh on nobody any more


@transaction.atomic
def ask(*, asker: Person, mentor: Person, skill: Skill, question: str) -> Pair:
    """Raises ValidationError where the mentor takes no question, or has enough of them.

    A question of somebody with whom the mentor would rather not be paired is kept and never put: its asker alone knows
    of it, and it ends like any that is not answered. So nothing tells the two cases apart.
    """
    mentor = lock(mentor, "user", "grade")
    if mentor == asker or mentor.has_left or asker.has_left:
        raise ValidationError("Choose a colleague to ask.", "nobody")
    if not is_open(mentor):
        raise ValidationError(f"{mentor.name} takes no quick questions at the moment.", "not_open")
    if not mentor.offers.filter(skill=skill).exists():
        raise ValidationError(f"{mentor.name} does not offer {skill.name} any more.", "not_offered")
    now = timezone.now()
    if has_enough(mentor, now):
        raise ValidationError(
            f"{mentor.name} has enough questions for now. Ask somebody else who knows {skill.name}, "
            "or try again in a few days.", "enough",
        )  # fmt: skip
    if Pair.objects.quick().open().filter(mentor=mentor, mentee=asker, skill=skill).exists():
        raise ValidationError(f"You have an open question to {mentor.name} about {skill.name} already.", "twice")
    unheard = _would_rather_not(mentor, asker)
    pair = Pair(
        kind=Pair.Kind.QUICK, mentor=mentor, mentee=asker, skill=skill, question=question,
        status=Pair.Status.ASKING_MENTOR, junior=asker if unheard else junior_of(mentor, asker),
        both_know_since=None if unheard else now,
    )  # fmt: skip
    give_time(pair, now)
    pair.full_clean(exclude=["status"])
    pair.save()
    record(AuditEntry.Action.PAIR_ASKED, pair, by=asker, skill=skill.name)
    consent.asked(pair)
    return pair


def is_open(mentor: Person) -> bool:
    """Whether this person takes quick questions at all."""
    return mentor.open_to_quick_questions and not mentor.has_left


def has_enough(mentor: Person, now: dt.datetime) -> bool:
    """Whether this person's hours are to be guarded from one more question."""
    before_them = Pair.objects.quick().open().known_to(mentor).filter(mentor=mentor, opened_at__gt=now - UNDER_WAY)
    return before_them.count() >= MOST_OPEN


def _would_rather_not(mentor: Person, asker: Person) -> bool:
    kept = RatherNotList.objects.filter(person=mentor).first()
    return kept is not None and asker.pk in kept.person_ids
