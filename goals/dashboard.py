"""This app's panels for the home page and the pair page: data in, named records out."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypedDict

from django.urls import reverse
from django.utils import timezone

from goals import rows
from goals.actions.kept_goals import kept_by
from goals.charts import LineChart, line_chart
from goals.models import Brainstorm, CheckIn, Feedback, Goal
from mentoring.dashboard.mine import Mine, may_have
from mentoring.models import Meeting, Pair, Person, Skill, WishLevel
from mentoring.panels import NextStep

EVEN = 15  # percent apart
TREND = (("happiness", "Happy with it"), ("information", "Get what I need"), ("progress", "Progress on goals"))


class Standing(NamedTuple):
    """How far an active pair is with its agreement and goals, seen by one of the two."""

    pair: int
    version: int | None
    is_signed: bool  # by me, as it is now
    is_signed_by_partner: bool
    has_goal: bool
    has_overdue_goal: bool


def home_panels(person: Person, now: dt.datetime, mine: Mine | None = None) -> list[NextStep]:
    """Check-ins to answer, agreements to write and sign, goals to set, brainstorms; for HR the hands that are raised.

    Four queries at the most besides what `mine` reads, however many pairs there are; one more for HR.
    """
    mine = mine or Mine(person, now)
    surveys = _survey_steps(person, now) if mine.may_have("sheets") else []
    return _steps(mine) + _hands_step(person) + surveys


def _survey_steps(person: Person, now: dt.datetime) -> list[NextStep]:
    return [
        NextStep(
            title=sheet.survey.name, sentence=f"{sheet.get_time_display()}, in private: numbers from 1 to 5.",
            url=reverse("survey-sheet", args=[sheet.pk]), button="Answer", icon="clipboard-list", urgency=22,
        )
        for sheet in rows.SHEETS(person.pk, now)
    ]  # fmt: skip


def _hands_step(person: Person) -> list[NextStep]:
    waiting = sum(rows.RAISED(person.pk)) if person.user.is_hr else 0
    if not waiting:
        return []
    title = "Somebody asks HR for help" if waiting == 1 else f"{waiting} people ask HR for help"
    return [
        NextStep(
            title=title, sentence="In private. Please answer soon.", url=reverse("hand-desk"), button="Read it",
            icon="hand", urgency=8,
        )
    ]  # fmt: skip


def pair_steps(pair: Pair, person: Person, now: dt.datetime, panels: "PairPanels | None" = None) -> list[NextStep]:
    """The same for one pair of theirs, by what its panels have read; `panels` where they are there already."""
    if not _is_active(pair):
        return []
    panels = panels or pair_panels(pair, person, now)
    agreement, waiting, session = panels["agreement"], panels["check_ins"].open, panels["together"].brainstorm
    mine = [goal for goal in panels["goals"].goals if goal.learner_id == person.pk]
    today = now.astimezone(person.zone).date()
    standing = Standing(
        pair.pk, agreement.version, agreement.is_signed, agreement.is_signed_by_partner,
        bool(mine), any(goal.is_overdue(today) for goal in mine),
    )  # fmt: skip
    steps = [
        _check_in_step(waiting.pk, pair, person) if waiting else None,
        _agreement_step(pair, person, standing),
        _goal_step(pair, person, standing),
        _brainstorm_step(session.pk, pair, person) if session and session.status == Brainstorm.Status.OPEN else None,
    ]
    return [step for step in steps if step]


def _is_active(pair: Pair) -> bool:
    return pair.status == Pair.Status.ACTIVE and not pair.is_quick


def _steps(mine: Mine) -> list[NextStep]:
    """Of the active pairs of a programme among theirs."""
    person, now = mine.person, mine.now
    active = {pair.pk: pair for pair in mine.running if _is_active(pair)}
    if not active:
        return []
    check_ins = rows.CHECK_INS(person.pk, now) if mine.may_have("check_ins") else []
    sessions = rows.BRAINSTORMS(person.pk) if mine.may_have("brainstorms") else []
    steps = [_check_in_step(key, active[pair], person) for key, pair in check_ins if pair in active]
    today = now.astimezone(person.zone).date()
    standing = {row[0]: Standing(*row) for row in rows.STANDING(person.pk, today)}
    for pair in active.values():
        if stands := standing.get(pair.pk):
            steps += [
                step for step in (_agreement_step(pair, person, stands), _goal_step(pair, person, stands)) if step
            ]
    return steps + [_brainstorm_step(key, active[pair], person) for key, pair in sessions if pair in active]


def _brainstorm_step(key: int, pair: Pair, person: Person) -> NextStep:
    """The same for both, whatever opened it."""
    return NextStep(
        title=f"An hour for new ways with {pair.partner_of(person).name}",
        sentence="What works, what is in the way, five new ways, choose two. Note a line before you meet.",
        url=reverse("brainstorm", args=[key]), button="Open it", icon="lightbulb", urgency=18,
    )  # fmt: skip


def _check_in_step(key: int, pair: Pair, person: Person) -> NextStep:
    return NextStep(
        title=f"How is it going with {pair.partner_of(person).name}?",
        sentence="Four short questions. Your partner never sees the answers.",
        url=reverse("check-in", args=[key]), button="Answer", icon="message-circle-heart", urgency=10,
    )  # fmt: skip


def _agreement_step(pair: Pair, person: Person, stands: Standing) -> NextStep | None:
    partner = pair.partner_of(person)
    if stands.is_signed:
        return None
    url = reverse("agreement", args=[pair.pk])
    if stands.is_signed_by_partner:
        return NextStep(
            title=f"{partner.name} has signed your agreement", sentence="Read it, and sign it or change it.", url=url,
            button="Read it", icon="signature", urgency=15,
        )  # fmt: skip
    if stands.version:
        return NextStep(
            title=f"Sign your agreement with {partner.name}", sentence="A draft is there. It counts once both signed.",
            url=url, button="Read it", icon="signature", urgency=25,
        )  # fmt: skip
    return NextStep(
        title=f"Write your agreement with {partner.name}",
        sentence="What each of you wants out of it, how and how often you meet, what stays between you.",
        url=url, button="Write it", icon="file-pen-line", urgency=30,
    )  # fmt: skip


def _goal_step(pair: Pair, person: Person, stands: Standing) -> NextStep | None:
    skill, partner = learned_by(pair, person), pair.partner_of(person)
    if stands.has_overdue_goal:
        return NextStep(
            title="A goal of yours is past its date", sentence="Is it reached, or does it need another date?",
            url=f"{reverse('pair-detail', args=[pair.pk])}#goals", button="Look at it", icon="target", urgency=40,
        )  # fmt: skip
    if stands.has_goal or skill is None:
        return None
    return NextStep(
        title=f"Set a goal for {skill.name}", sentence=f"What do you want to reach with {partner.name}?",
        url=reverse("goal-create", args=[pair.pk]), button="Set it", icon="target", urgency=35,
    )  # fmt: skip


def learned_by(pair: Pair, person: Person) -> Skill | None:
    """The skill that the person learns in this pair; None for a mentor who gets nothing agreed in return."""
    if person.pk == pair.mentee_id:
        return pair.skill
    return pair.return_skill if pair.is_exchange else None


@dataclass(frozen=True, kw_only=True)
class AgreementPanel:
    pair: Pair
    partner: Person
    version: int
    is_signed: bool
    is_signed_by_partner: bool
    in_force: int | None  # the number of the version in force
    may_change: bool

    @property
    def state(self) -> str:
        """new, draft, waits-for-me, waits-for-partner or in-force."""
        if not self.version:
            return "new"
        if self.is_signed and self.is_signed_by_partner:
            return "in-force"
        if self.is_signed_by_partner:
            return "waits-for-me"
        return "waits-for-partner" if self.is_signed else "draft"


@dataclass(frozen=True, kw_only=True)
class Direction:
    """One of the two as a learner: what they learn, their goals, how far they are on average."""

    learner: Person
    is_me: bool
    skill: Skill | None
    goals: Sequence[Goal]

    @property
    def progress(self) -> int:
        counted = [goal.progress for goal in self.goals if goal.status != Goal.Status.DROPPED]
        return round(sum(counted) / len(counted)) if counted else 0

    @property
    def gained(self) -> int:
        """Levels gained by the learner's own rating, all goals together."""
        return sum(goal.gained or 0 for goal in self.goals)


@dataclass(frozen=True, kw_only=True)
class GoalsPanel:
    pair: Pair
    goals: Sequence[Goal]  # each with `steps` and `steps_done`, of its milestones
    directions: Sequence[Direction]  # mine first
    may_set: bool

    @property
    def is_balanced(self) -> bool:
        """Worth a comparison: both learn, and both have goals."""
        return len(self.directions) == 2 and all(direction.goals for direction in self.directions)

    @property
    def balance(self) -> str:
        """Which way more has come so far, in words that blame nobody."""
        mine, theirs = self.directions
        apart = mine.progress - theirs.progress
        if abs(apart) <= EVEN:
            return "As much goes one way as the other."
        other = theirs.learner.name
        if apart > 0:
            return f"So far more has come your way. Next time, begin with what {other} came for."
        return f"So far more has gone to {other}. Next time, begin with what you came for."

    @property
    def missing(self) -> Direction | None:
        """In a mutual exchange, who has no goal yet while the other has."""
        if not self.pair.is_exchange or not self.may_set:
            return None
        without = [direction for direction in self.directions if not direction.goals]
        return without[0] if len(without) == 1 and len(self.directions) == 2 else None


@dataclass(frozen=True, kw_only=True)
class CheckInsPanel:
    partner: Person
    open: CheckIn | None
    next_at: dt.datetime | None
    answered: Sequence[CheckIn]  # the latest last


@dataclass(frozen=True, kw_only=True)
class TogetherPanel:
    """What the two have besides: the last brainstorm, and the latest feedback."""

    pair: Pair
    partner: Person
    brainstorm: Brainstorm | None
    feedback: Sequence[Feedback]


class PairPanels(TypedDict, total=False):
    agreement: AgreementPanel
    goals: GoalsPanel
    kept: Sequence[Goal]
    check_ins: CheckInsPanel
    together: TogetherPanel


def pair_panels(pair: Pair, person: Person, now: dt.datetime) -> PairPanels:
    """For the pair page, seen by one of the two. Empty for anybody else, and for a quick question."""
    if pair.is_quick or person.pk not in (pair.mentor_id, pair.mentee_id):
        return {}
    return {
        "agreement": _agreement_panel(pair, person),
        "goals": _goals_panel(pair, person),
        "kept": kept_by(person) if pair.is_running and may_have(pair, "has_kept") else [],
        "check_ins": _check_ins_panel(pair, person, now),
        "together": _together_panel(pair, person),
    }


def _together_panel(pair: Pair, person: Person) -> TogetherPanel:
    return TogetherPanel(
        pair=pair,
        partner=pair.partner_of(person),
        brainstorm=next(iter(rows.LAST_BRAINSTORM(pair.pk)), None) if may_have(pair, "has_brainstorm") else None,
        feedback=rows.FEEDBACK(person.pk, pair.pk) if may_have(pair, "has_feedback") else [],
    )


def _agreement_panel(pair: Pair, person: Person) -> AgreementPanel:
    names: defaultdict[int, set[int]] = defaultdict(set)
    found = rows.SIGNATURES(pair.pk)
    here: int = found[0][0] if found else 0
    for _, version, signer in found:
        names[version].add(signer)
    return AgreementPanel(
        pair=pair, partner=pair.partner_of(person), version=here, may_change=pair.is_running,
        is_signed=person.pk in names[here], is_signed_by_partner=bool(names[here] - {person.pk, None}),
        in_force=max((number for number, hands in names.items() if len(hands) == 2), default=None),
    )  # fmt: skip


def _goals_panel(pair: Pair, person: Person) -> GoalsPanel:
    goals = rows.GOALS(pair.pk)
    people = (person, pair.partner_of(person))
    directions = [
        Direction(
            learner=learner, is_me=learner == person, skill=learned_by(pair, learner),
            goals=[goal for goal in goals if goal.learner_id == learner.pk],
        )
        for learner in people
    ]  # fmt: skip
    shown = [direction for direction in directions if direction.skill or direction.goals]
    return GoalsPanel(pair=pair, goals=goals, directions=shown, may_set=pair.is_running)


def _check_ins_panel(pair: Pair, person: Person, now: dt.datetime) -> CheckInsPanel:
    mine = rows.CHECK_INS_OF_PAIR(pair.pk, person.pk)
    waiting = next((row for row in mine if row.status == CheckIn.Status.WAITING), None)
    is_open = waiting is not None and waiting.due_at <= now and pair.is_running
    return CheckInsPanel(
        partner=pair.partner_of(person),
        open=waiting if is_open else None,
        next_at=waiting.due_at if waiting and not is_open and pair.is_running else None,
        answered=[row for row in mine if row.status == CheckIn.Status.ANSWERED],
    )


def goals_of_meeting(meeting: Meeting) -> list[tuple[Goal, bool]]:
    """The goals that it may have been about, each with whether it was; those that are over only if it was."""
    about = set(Goal.objects.filter(meetings=meeting).values_list("pk", flat=True))
    goals = Goal.objects.filter(pair=meeting.pair_id).select_related("learner")
    return [(goal, goal.pk in about) for goal in goals if goal.pk in about or goal.status == Goal.Status.OPEN]


def level_chart(goal: Goal) -> LineChart | None:
    """The learner's level from the start until now; nothing before it was rated twice."""
    points: list[tuple[dt.date, int]] = []
    if goal.level_at_start is not None:
        points.append((goal.created_at.astimezone(goal.learner.zone).date(), goal.level_at_start))
    rated = goal.ratings.filter(level__isnull=False).values_list("day", "level")
    points += [(day, level) for day, level in rated if level is not None and (not points or day > points[0][0])]
    if goal.level_now is not None and points and points[-1][1] != goal.level_now:
        points.append((timezone.localdate(), goal.level_now))
    if len(points) < 2:
        return None
    wanted = goal.wish.wanted if goal.wish else None
    return line_chart(
        f"level-{goal.pk}", "My level", low=0, high=5,
        points=[(f"{day.day} {day:%B}", level, _level(level)) for day, level in points],
        wanted=(wanted, _level(wanted)) if wanted else None,
    )  # fmt: skip


def _level(level: int) -> str:
    return f"{level}, {WishLevel(level).label}"


def trend_of(pair: Pair, person: Person) -> list[LineChart]:
    """What a person answered in this pair, for their own eyes; nothing before the second time."""
    return _trend(list(CheckIn.objects.filter(pair=pair, person=person).answered().order_by("due_at", "pk")), person)


def _trend(rows: Sequence[CheckIn], person: Person) -> list[LineChart]:
    if len(rows) < 2:
        return []
    return [
        line_chart(
            f"trend-{field}", title, low=1, high=5, series=series,
            points=[(_day(row, person), value, f"{value}, {CheckIn.Scale(value).label.lower()}")
                    for row in rows if (value := getattr(row, field)) is not None],
        )
        for series, (field, title) in enumerate(TREND, 1)
    ]  # fmt: skip


def _day(row: CheckIn, person: Person) -> str:
    day = (row.answered_at or row.due_at).astimezone(person.zone)
    return f"{day.day} {day:%B}"
