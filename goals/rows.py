"""What this app's panels read, by prepared queries. Each gives the person whose key it gets what is theirs to see."""

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from goals.models import Agreement, Brainstorm, CheckIn, Feedback, Goal, Hand, Sheet, Signature
from mentoring.dashboard.mine import ListOf, ListOfPair
from mentoring.models import Pair
from mentoring.models.pair import RUNNING
from mentoring.prepared import DAY, KEY, MOMENT, prepared


def _standing(person: int, today: dt.date) -> QuerySet[Pair, tuple[Any, ...]]:
    """Of this person's active pairs; the columns of goals.dashboard.Standing."""
    signed = Signature.objects.filter(
        version__agreement__pair=OuterRef("pk"), version__number=OuterRef("agreement__version")
    )
    goals = Goal.objects.filter(pair=OuterRef("pk"), learner=person)
    return Pair.objects.of(person).active().order_by().values_list(
        "pk", "agreement__version", Exists(signed.filter(person=person)), Exists(signed.exclude(person=person)),
        Exists(goals), Exists(goals.open().filter(due_on__lt=today)),
    )  # fmt: skip


def _brainstorms(person: int) -> QuerySet[Brainstorm, tuple[Any, ...]]:
    of_theirs = Brainstorm.objects.open().filter(Q(pair__mentor=person) | Q(pair__mentee=person))
    return of_theirs.order_by("opened_at", "pk").values_list("pk", "pair")


def _open_check_ins(person: int, now: dt.datetime) -> QuerySet[CheckIn]:
    return CheckIn.objects.filter(person=person).open(now)


def _open_sheets(person: int, now: dt.datetime) -> QuerySet[Sheet]:
    return Sheet.objects.filter(person=person).open(now)


def _kept(person: int) -> QuerySet[Goal]:
    return Goal.objects.open().filter(learner=person).exclude(pair__status__in=RUNNING)


def _feedback(person: int, pair: int) -> QuerySet[Feedback]:
    """The two latest."""
    return Feedback.objects.read_by(person).filter(pair=pair).select_related("author")[:2]


def _check_ins(pair: int, person: int) -> QuerySet[CheckIn]:
    """When each was asked for and answered, and nothing of what was said."""
    found = CheckIn.objects.filter(pair=pair, person=person).order_by("due_at", "pk")
    return found.only("pair", "person", "status", "due_at", "answered_at")


def _goals(pair: int) -> QuerySet[Goal]:
    """Each with how many milestones it has, and how many of them are done."""
    done = Count("milestones", filter=Q(milestones__done_at__isnull=False))
    return Goal.objects.filter(pair=pair).annotate(steps=Count("milestones"), steps_done=done)


STANDING = prepared(_standing, KEY, DAY)
BRAINSTORMS = prepared(_brainstorms, KEY)
CHECK_INS = prepared(
    lambda person, now: _open_check_ins(person, now).order_by("due_at", "pk").values_list("pk", "pair"), KEY, MOMENT
)
SHEETS = prepared(lambda person, now: _open_sheets(person, now).select_related("survey"), KEY, MOMENT)
HOME_LISTS: dict[str, ListOf] = {
    "brainstorms": lambda person, now: _brainstorms(person),
    "check_ins": _open_check_ins,
    "sheets": _open_sheets,
}

LAST_BRAINSTORM = prepared(lambda pair: Brainstorm.objects.filter(pair=pair)[:1], KEY)
FEEDBACK = prepared(_feedback, KEY, KEY)
CHECK_INS_OF_PAIR = prepared(_check_ins, KEY, KEY)
GOALS = prepared(_goals, KEY)
SIGNATURES = prepared(
    lambda pair: Agreement.objects.filter(pair=pair).values_list(
        "version", "versions__number", "versions__signatures__person"
    ),
    KEY,
)
KEPT = prepared(lambda person: _kept(person).select_related("wish__skill").order_by("-created_at", "pk"), KEY)
RAISED = prepared(
    lambda person: (
        Hand.objects.apart_from(person).open().order_by().values("status").values_list(Count("pk"), flat=True)
    ),
    KEY,
)
PAIR_LISTS: dict[str, ListOfPair] = {
    "has_brainstorm": lambda person: Brainstorm.objects.filter(pair=OuterRef("pk")),
    "has_feedback": lambda person: Feedback.objects.read_by(person).filter(pair=OuterRef("pk")),
    "has_kept": _kept,
}
