"""Goals: the learner's own. The partner reads them, and changes nothing."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from goals.models import Evidence, Goal, GoalRating, Milestone
from mentoring.actions.base import hold, lock, record, refuse_stale
from mentoring.models import AuditEntry, Pair, Person, TransitionError

Action = AuditEntry.Action
FIELDS = ("wish", "title", "why", "measure", "due_on")
MOST_MILESTONES = 20
MOST_EVIDENCE = 50
FURTHEST = dt.timedelta(days=3 * 366)


@transaction.atomic
def set_goal(
    pair: Pair, *, by: Person, answers: Mapping[str, Any], level: int | None = None, milestones: Sequence[str] = ()
) -> Goal:
    """A new goal of `by`, who learns in this pair. `answers` holds FIELDS."""
    pair = _running(pair.pk)
    if pair.is_quick or by.pk not in (pair.mentor_id, pair.mentee_id):
        raise TransitionError("Goals are set by the two of a pair in a programme.")
    answers = {name: answers[name] for name in FIELDS}
    _refuse_others_wish(answers, by)
    goal = Goal.objects.create(pair=pair, learner=by, level_at_start=level, level_now=level, **answers)
    Milestone.objects.bulk_create(Milestone(goal=goal, title=title) for title in milestones[:MOST_MILESTONES])
    _rate(goal)
    record(Action.GOAL_SET, goal, by=by)
    return goal


@transaction.atomic
def change_goal(goal: Goal, *, by: Person, answers: Mapping[str, Any], version: int) -> Goal:
    """Changes FIELDS. Raises ValidationError ("stale") where they were changed since the page was opened."""
    goal = _locked(goal, by)
    changed = {name: answers[name] for name in FIELDS if getattr(goal, name) != answers[name]}
    if not changed:
        return goal
    refuse_stale(goal.version, version)
    _refuse_others_wish(answers, by)
    for name, value in changed.items():
        setattr(goal, name, value)
    goal.version += 1
    goal.save()
    record(Action.GOAL_CHANGED, goal, by=by, fields=sorted(changed))
    return goal


@transaction.atomic
def rate(goal: Goal, *, by: Person, progress: int, level: int | None) -> Goal:
    """Where the learner sees themselves today; the same as before is kept too, as one more point of the chart."""
    goal = _locked(goal, by)
    if goal.status != Goal.Status.OPEN:
        raise TransitionError("This goal is closed. Reopen it to go on with it.")
    if (goal.progress, goal.level_now) == (progress, level):
        _rate(goal)
        return goal
    goal.progress, goal.level_now = progress, level
    if goal.level_at_start is None:
        goal.level_at_start = level
    goal.save()
    _rate(goal)
    record(Action.GOAL_CHANGED, goal, by=by, fields=["level_now", "progress"])
    return goal


@transaction.atomic
def close(goal: Goal, *, by: Person, reached: bool, level: int | None = None) -> Goal:
    """Reached, or let go without blame, with the level at the end. Doing it twice is doing it once."""
    status = Goal.Status.REACHED if reached else Goal.Status.DROPPED
    goal = _locked(goal, by)
    if goal.status == status:
        return goal
    goal.move_to(status)
    goal.closed_at = timezone.now()
    if reached:
        goal.progress = 100
    if level is not None:
        goal.level_now = level
        goal.level_at_start = level if goal.level_at_start is None else goal.level_at_start
    goal.save()
    _rate(goal)
    record(Action.GOAL_CHANGED, goal, by=by, status=["open", str(status)])
    return goal


@transaction.atomic
def reopen(goal: Goal, *, by: Person) -> Goal:
    goal = _locked(goal, by)
    if goal.status == Goal.Status.OPEN:
        return goal
    before = goal.status
    goal.move_to(Goal.Status.OPEN)
    goal.closed_at = None
    goal.save()
    record(Action.GOAL_CHANGED, goal, by=by, status=[before, "open"])
    return goal


@transaction.atomic
def add_milestone(goal: Goal, *, by: Person, title: str) -> Milestone:
    """A step to the goal; one that stands there in the same words already is not added again."""
    goal = _locked(goal, by)
    if same := goal.milestones.filter(title__iexact=title).first():
        return same
    if goal.milestones.count() >= MOST_MILESTONES:
        raise ValidationError(f"A goal has {MOST_MILESTONES} milestones at most. Take one away first.")
    milestone = Milestone.objects.create(goal=goal, title=title)
    record(Action.GOAL_CHANGED, goal, by=by, fields=["milestones"])
    return milestone


@transaction.atomic
def tick(milestone: Milestone, *, by: Person, done: bool) -> Milestone:
    """Marks a milestone as done or not done yet, as often as pressed."""
    goal = _locked(milestone.goal, by)
    milestone = lock(milestone)
    if (milestone.done_at is not None) != done:
        milestone.done_at = timezone.now() if done else None
        milestone.save(update_fields=["done_at"])
        record(Action.GOAL_CHANGED, goal, by=by, fields=["milestones"])
    return milestone


@transaction.atomic
def remove_milestone(milestone: Milestone, *, by: Person) -> None:
    goal = _locked(milestone.goal, by)
    if Milestone.objects.filter(pk=milestone.pk).delete()[0]:
        record(Action.GOAL_CHANGED, goal, by=by, fields=["milestones"])


@transaction.atomic
def add_evidence(goal: Goal, *, by: Person, text: str, link: str = "", day: dt.date | None = None) -> Evidence:
    """What shows that the goal comes nearer; the same once more is not added again."""
    goal = _locked(goal, by)
    day = day or dt.datetime.now(tz=goal.learner.zone).date()
    if same := goal.evidence.filter(text__iexact=text, link=link, day=day).first():
        return same
    if goal.evidence.count() >= MOST_EVIDENCE:
        raise ValidationError(f"A goal has {MOST_EVIDENCE} lines of evidence at most. Take one away first.")
    evidence = Evidence.objects.create(goal=goal, text=text, link=link, day=day)
    record(Action.GOAL_CHANGED, goal, by=by, fields=["evidence"])
    return evidence


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: Person) -> None:
    goal = _locked(evidence.goal, by)
    if Evidence.objects.filter(pk=evidence.pk).delete()[0]:
        record(Action.GOAL_CHANGED, goal, by=by, fields=["evidence"])


def _rate(goal: Goal) -> None:
    """Keeps where the learner stands today, for the chart."""
    today = dt.datetime.now(tz=goal.learner.zone).date()
    where = {"level": goal.level_now, "progress": goal.progress}
    GoalRating.objects.update_or_create(goal=goal, day=today, defaults=where)


def _running(pair_id: int) -> Pair:
    pair = hold(Pair(pk=pair_id))
    if not pair.is_running:
        raise TransitionError("This pair is over, so its goals stay as they are.")
    return pair


def _locked(goal: Goal, by: Person) -> Goal:
    """As it is now, locked, for its learner while the pair runs; the pair is held first."""
    _running(goal.pair_id)
    goal = lock(goal, "learner")
    if goal.learner_id != by.pk:
        raise TransitionError("Only the one who learns changes this goal.")
    return goal


def _refuse_others_wish(answers: Mapping[str, Any], by: Person) -> None:
    wish = answers["wish"]
    if wish is not None and wish.person_id != by.pk:
        raise ValidationError({"wish": "Choose a skill from your own list."})
