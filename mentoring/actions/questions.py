"""Quick questions: one skill, one or two meetings, no agreement. Answered with `pairs.accept` and `pairs.decline`."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from mentoring.actions.asking import ask as give_time
from mentoring.actions.base import lock, record
from mentoring.models import AuditEntry, Meeting, Pair, Person, RatherNotList, Skill
from mentoring.notices import consent
from mentoring.seniority import junior_of

MOST_OPEN = 3  # questions that one person has before them at a time, unanswered or under way
UNDER_WAY = dt.timedelta(days=30)  # older ones weigh on nobody any more
TAKES = dt.timedelta(minutes=30)  # of the hours a month that somebody gives, with all their meetings


@transaction.atomic
def ask(*, asker: Person, mentor: Person, skill: Skill, question: str) -> Pair:
    """Raises ValidationError where the mentor takes no question, or has enough of them.

    A question of somebody with whom the mentor would rather not be paired is kept and never put: its asker alone knows
    of it, and it ends like any that is not answered. So nothing tells the two cases apart.
    """
    mentor = lock(mentor, "user", "grade")
    if mentor == asker or mentor.has_left or asker.has_left:
        raise ValidationError("Choose a colleague to ask.", "nobody")
    now = timezone.now()
    if why_not := why_not_now(mentor, now):
        raise ValidationError(why_not, "not_open")
    if not mentor.offers.filter(skill=skill).exists():
        raise ValidationError(f"{mentor.name} does not offer {skill.name} any more.", "not_offered")
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


def why_not_now(mentor: Person, now: dt.datetime) -> str:
    """Why this person is asked nothing at the moment, in words for whoever would like to; empty where they may."""
    if not mentor.open_to_quick_questions:
        return f"{mentor.name} takes no quick questions at the moment."
    before_them = Pair.objects.quick().open().known_to(mentor).filter(mentor=mentor, opened_at__gt=now - UNDER_WAY)
    count = before_them.count()
    if count >= MOST_OPEN or _planned(mentor, now) + (count + 1) * TAKES > dt.timedelta(hours=mentor.hours_a_month):
        return f"{mentor.name} has enough questions for now. Ask somebody else, or try again in a few days."
    return ""


def _planned(mentor: Person, now: dt.datetime) -> dt.timedelta:
    """What the meetings of their programmes take of the coming month."""
    ahead = Meeting.objects.of(mentor).ahead(now).filter(starts_at__lt=now + UNDER_WAY).exclude(pair__kind="quick")
    return ahead.aggregate(all=Sum(F("ends_at") - F("starts_at")))["all"] or dt.timedelta()


def _would_rather_not(mentor: Person, asker: Person) -> bool:
    kept = RatherNotList.objects.filter(person=mentor).first()
    return kept is not None and asker.pk in kept.person_ids
