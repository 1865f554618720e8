"""A brainstorm as the two live it: both write, each chooses two ways, and one click of each makes it so.

A goal is changed by its learner alone: what was decided on a goal, or as somebody's next step, is carried out when its
owner says “make it so”. A next step stands on the pair's list from then on, beside those of their meetings.
"""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from goals import notices
from goals.actions import goals
from goals.models import Brainstorm, Decision, Goal, Thought
from mentoring.actions import agreed_steps
from mentoring.actions.base import lock, record
from mentoring.models import AuditEntry, Pair, Person, SkillWish, TransitionError

Action, Status, Kind = AuditEntry.Action, Brainstorm.Status, Decision.Kind
WRITABLE = (Status.OPEN, Status.STUCK)
MOST_LINES, MOST_CHOSEN = 12, 2


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What becomes of a way. `goal` is for a change or for letting go, and then its learner is the owner."""

    kind: str
    owner: Person
    goal: Goal | None = None
    text: str = ""
    due_on: dt.date | None = None


@transaction.atomic
def write(session: Brainstorm, *, by: Person, part: str, text: str) -> Thought:
    """One line; what the same person has written there already is not written twice."""
    session = _writable(session, by)
    lines = [line for line in session.thoughts.all() if line.part == part]
    for line in lines:
        if line.author_id == by.pk and line.text.casefold() == text.casefold():
            return line
    if len(lines) >= MOST_LINES:
        raise ValidationError(f"{MOST_LINES} lines are enough here. Take one away first.")
    line = Thought.objects.create(brainstorm=session, part=part, author=by, text=text)
    record(Action.BRAINSTORM_CHANGED, session, by=by, fields=["thoughts"])
    notices.brainstorm_written(session, by=by)
    return line


@transaction.atomic
def take_away(thought: Thought, *, by: Person) -> None:
    """Its author's own, as long as nothing was made of it."""
    session = _writable(thought.brainstorm, by)
    if thought.author_id != by.pk:
        raise TransitionError("Only who wrote a line takes it away.")
    if thought.decisions.filter(carried_out_at__isnull=False).exists():
        raise TransitionError("Something was made of this line already, so it stays.")
    if Thought.objects.filter(pk=thought.pk).delete()[0]:
        record(Action.BRAINSTORM_CHANGED, session, by=by, fields=["thoughts"])


@transaction.atomic
def choose(thought: Thought, *, by: Person, chosen: bool) -> None:
    """Each has two to choose; choosing twice is choosing once."""
    session = _writable(thought.brainstorm, by)
    if thought.part != Thought.Part.WAY:
        raise TransitionError("Choose among the new ways.")
    if not chosen:
        thought.chosen_by.remove(by)
    elif not thought.chosen_by.filter(pk=by.pk).exists():
        if session.thoughts.filter(chosen_by=by).count() >= MOST_CHOSEN:
            raise ValidationError("You have chosen two. Let one go first.")
        thought.chosen_by.add(by)
    record(Action.BRAINSTORM_CHANGED, session, by=by, fields=["chosen"])


@transaction.atomic
def decide(thought: Thought, *, by: Person, plan: Plan) -> Decision:
    """Says what becomes of a chosen way, and takes the place of what was planned for it. Both say yes to it anew."""
    session = _writable(thought.brainstorm, by)
    if not thought.chosen_by.exists():
        raise TransitionError("Choose this way first.")
    if thought.decisions.filter(carried_out_at__isnull=False).exists():
        raise TransitionError("This was carried out already.")
    _check(plan, session.pair)
    owner = plan.goal.learner if plan.goal else plan.owner
    values = {"kind": plan.kind, "owner": owner, "goal": plan.goal, "due_on": plan.due_on, "text": plan.text}
    decision, _ = Decision.objects.update_or_create(brainstorm=session, way=thought, defaults=values)
    session.agreed.clear()
    record(Action.BRAINSTORM_CHANGED, session, by=by, fields=["decisions"])
    return decision


@transaction.atomic
def drop(decision: Decision, *, by: Person) -> None:
    """Nothing becomes of it, after all."""
    session = _writable(decision.brainstorm, by)
    if Decision.objects.filter(pk=decision.pk, carried_out_at__isnull=True).delete()[0]:
        session.agreed.clear()
        record(Action.BRAINSTORM_CHANGED, session, by=by, fields=["decisions"])


@transaction.atomic
def make_it_so(session: Brainstorm, *, by: Person) -> Brainstorm:
    """Carries out what is `by`'s; with the second yes the session is decided. Twice is once."""
    session = _locked(session, by)
    if session.status == Status.DECIDED:
        return session
    _refuse_over(session)
    decisions = list(session.decisions.select_related("goal__learner", "owner"))
    if not decisions:
        raise TransitionError("Say first what becomes of a way that you chose.")
    for decision in decisions:
        if decision.owner_id == by.pk and decision.carried_out_at is None:
            _carry_out(decision, session.pair, by)
    session.agreed.add(by)
    is_decided = session.agreed.count() == 2
    if is_decided:
        session.move_to(Status.DECIDED)
        session.decided_at = timezone.now()
        session.look_at = session.decided_at + _time_to_help(session)
        session.save()
    record(Action.BRAINSTORM_DECIDED, session, by=by, decided=is_decided)
    notices.brainstorm_agreed(session, by=by, is_decided=is_decided)
    return session


def _carry_out(decision: Decision, pair: Pair, by: Person) -> None:
    goal = decision.goal
    if decision.kind == Kind.NEW_GOAL:
        skill = pair.skill if by.pk == pair.mentee_id else pair.return_skill
        wish = SkillWish.objects.filter(person=by, skill=skill).first() if skill else None
        answers = {"wish": wish, "title": decision.text, "why": "", "measure": "", "due_on": decision.due_on}
        decision.goal = goals.set_goal(pair, by=by, answers=answers, level=wish.present if wish else None)
    elif decision.kind == Kind.CHANGE and goal is not None:
        answers = {name: getattr(goal, name) for name in goals.FIELDS}
        answers |= {"title": decision.text or goal.title, "due_on": decision.due_on or goal.due_on}
        goals.change_goal(goal, by=by, answers=answers, version=goal.version)
    elif decision.kind == Kind.LET_GO and goal is not None:
        goals.close(goal, by=by, reached=False)
    elif decision.kind == Kind.STEP:
        decision.step = agreed_steps.agree(pair, by=by, owner=by, text=decision.text, due_on=decision.due_on)
    decision.carried_out_at = timezone.now()
    decision.save()


def _check(plan: Plan, pair: Pair) -> None:
    today = dt.datetime.now(tz=plan.owner.zone).date()
    if plan.owner.pk not in (pair.mentor_id, pair.mentee_id):
        raise ValidationError({"owner": "Choose one of you two."})
    if plan.kind in (Kind.CHANGE, Kind.LET_GO):
        if plan.goal is None or plan.goal.pair_id != pair.pk or plan.goal.status != Goal.Status.OPEN:
            raise ValidationError({"goal": "Choose an open goal of you two."})
        if plan.kind == Kind.CHANGE and not plan.text and plan.due_on is None:
            raise ValidationError({"due_on": "Choose another date, or write other words."})
    elif not plan.text:
        raise ValidationError({"text": "Say in a few words what it is."})
    furthest, words = (agreed_steps.FURTHEST, "a year") if plan.kind == Kind.STEP else (goals.FURTHEST, "three years")
    if plan.due_on is not None and not today <= plan.due_on <= today + furthest:
        raise ValidationError({"due_on": f"Choose a day that is still to come, within {words}."})


def _time_to_help(session: Brainstorm) -> dt.timedelta:
    assert session.pair.programme is not None
    return dt.timedelta(days=session.pair.programme.slow_help_after_days)


def _locked(session: Brainstorm, by: Person) -> Brainstorm:
    """As it is now, locked after its pair, for one of the two while the pair runs."""
    pair = lock(Pair(pk=session.pair_id), "programme", "skill", "return_skill", "mentor__user", "mentee__user")
    pair.partner_of(by)
    if not pair.is_running:
        raise TransitionError("This pair is over, so its brainstorm stays as it is.")
    session = lock(session)
    session.pair = pair
    return session


def _writable(session: Brainstorm, by: Person) -> Brainstorm:
    session = _locked(session, by)
    _refuse_over(session)
    return session


def _refuse_over(session: Brainstorm) -> None:
    if session.status not in WRITABLE:
        raise TransitionError("This brainstorm is over. What you wrote stays here for both of you.")
