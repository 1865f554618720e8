"""Goals that were open when their pair came to its end: their learner takes them up in another pair."""

from django.db import transaction

from goals import rows
from goals.models import Goal
from mentoring.actions.base import hold, lock, record
from mentoring.models import AuditEntry, Pair, Person, TransitionError


def kept_by(person: Person) -> "list[Goal]":
    """Open goals of this person's pairs that are over, the latest first."""
    return rows.KEPT(person.pk)


@transaction.atomic
def take_up(goal: Goal, *, by: Person, pair: Pair) -> Goal:
    """The goal goes on in `pair`, with its milestones and its past; a second call changes nothing."""
    for key in sorted({goal.pair_id, pair.pk}):
        hold(Pair(pk=key))
    goal, pair = lock(goal, "learner", "pair"), Pair.objects.get(pk=pair.pk)
    if goal.learner_id != by.pk or by.pk not in (pair.mentor_id, pair.mentee_id):
        raise TransitionError("Only the one who learns takes a goal up again, in a pair of their own.")
    if goal.pair_id == pair.pk:
        return goal
    if goal.pair.is_running or goal.status != Goal.Status.OPEN:
        raise TransitionError("This goal is not one that was kept for later.")
    if not pair.is_running or pair.is_quick:
        raise TransitionError("Goals are taken up in a pair that runs.")
    before, goal.pair = goal.pair_id, pair
    goal.save(update_fields=["pair"])
    record(AuditEntry.Action.GOAL_CHANGED, goal, by=by, pair=[before, pair.pk])
    return goal
