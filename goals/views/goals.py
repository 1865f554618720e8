"""Goals: the learner changes their own, the partner reads."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goals.actions import goals as actions
from goals.dashboard import learned_by, level_chart
from goals.forms.goals import ChangeGoalForm, CloseForm, EvidenceForm, MilestoneForm, NewGoalForm, RateForm
from goals.models import Evidence, Goal, Milestone
from goals.views.find import own_pair, posted
from mentoring.models import TransitionError
from mentoring.permissions import PersonRequest
from mentoring.views.tools import next_url

RELATED = ("learner", "wish__skill", "pair__mentor", "pair__mentee", "pair__programme")


@require_http_methods(["GET", "HEAD", "POST"])
def goal_create(request: PersonRequest, pk: int) -> HttpResponse:
    pair, me = own_pair(request, pk), request.user.person
    if not pair.is_running:
        messages.info(request, "This pair is over, so its goals stay as they are.")
        return redirect("pair-detail", pk=pair.pk)
    skill = learned_by(pair, me)
    form = NewGoalForm(posted(request), person=me, pair=pair, skill=skill)
    if request.method == "POST" and form.is_valid():
        level, steps = form.cleaned_data["level"], form.cleaned_data["milestones"]
        try:
            goal = actions.set_goal(pair, by=me, answers=form.answers, level=level, milestones=steps)
        except TransitionError as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Your goal is set. Your partner can read it, and you alone change it.")
            return redirect("goal-detail", pk=goal.pk)
    context = {"pair": pair, "partner": pair.partner_of(me), "form": form, "skill": skill}
    return render(request, "goals/goal_create.html", context)


@require_safe
def goal_detail(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def goal_edit(request: PersonRequest, pk: int) -> HttpResponse:
    goal = _own(request, pk)
    form = ChangeGoalForm(posted(request), person=goal.learner, goal=goal, initial={"version": goal.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_goal(
                goal, by=request.user.person, answers=form.answers, version=form.cleaned_data["version"]
            )
        except ValidationError as no:
            goal = _own(request, pk)
            form.data = {**request.POST.dict(), "version": str(goal.version)}
            form.add_error(None, no)
        except TransitionError as no:
            messages.error(request, str(no))
            return redirect("goal-detail", pk=pk)
        else:
            messages.success(request, "Saved.")
            return redirect("goal-detail", pk=pk)
    context = {"goal": goal, "pair": goal.pair, "partner": goal.pair.partner_of(goal.learner), "form": form,
               "is_stale": bool(form.non_field_errors())}  # fmt: skip
    return render(request, "goals/goal_edit.html", context)


@require_POST
def goal_rate(request: PersonRequest, pk: int) -> HttpResponse:
    goal, form = _own(request, pk), RateForm(request.POST)
    if not form.is_valid():
        return _page(request, goal, rate=form)
    data = form.cleaned_data
    answer = _do(request, goal, "Saved.", lambda: actions.rate(
        goal, by=request.user.person, progress=data["progress"], level=data["level"]
    ))  # fmt: skip
    return redirect(next_url(request, "home")) if request.POST.get("next") else answer


@require_POST
def goal_close(request: PersonRequest, pk: int) -> HttpResponse:
    goal, reached = _own(request, pk), request.POST.get("reached") == "yes"
    words = "Reached. Well done, both of you." if reached else "Let go. That is all right: goals may change."
    form = CloseForm(request.POST)
    level = form.cleaned_data["level"] if form.is_valid() else None
    return _do(request, goal, words, lambda: actions.close(goal, by=request.user.person, reached=reached, level=level))


@require_POST
def goal_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    goal = _own(request, pk)
    return _do(request, goal, "Open again.", lambda: actions.reopen(goal, by=request.user.person))


@require_POST
def milestone_create(request: PersonRequest, pk: int) -> HttpResponse:
    goal, form = _own(request, pk), MilestoneForm(request.POST)
    if not form.is_valid():
        return _milestones(request, goal, form)
    title = form.cleaned_data["title"]
    return _change(request, goal, lambda: actions.add_milestone(goal, by=request.user.person, title=title))


@require_POST
def milestone_tick(request: PersonRequest, pk: int) -> HttpResponse:
    step, done = _own_milestone(request, pk), request.POST.get("done") == "yes"
    return _change(request, step.goal, lambda: actions.tick(step, by=request.user.person, done=done))


@require_POST
def milestone_remove(request: PersonRequest, pk: int) -> HttpResponse:
    step = _own_milestone(request, pk)
    return _change(request, step.goal, lambda: actions.remove_milestone(step, by=request.user.person))


@require_POST
def evidence_create(request: PersonRequest, pk: int) -> HttpResponse:
    goal, form = _own(request, pk), EvidenceForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        with form.refusals():
            actions.add_evidence(goal, by=request.user.person, text=data["text"], link=data["link"], day=data["day"])
            messages.success(request, "Added.")
            return redirect("goal-detail", pk=goal.pk)
    return _page(request, goal, evidence=form)


@require_POST
def evidence_remove(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Evidence.objects.filter(goal__in=Goal.objects.visible_to(request.user)), pk=pk)
    row.goal = _own(request, row.goal_id)
    return _do(request, row.goal, "Taken away.", lambda: actions.remove_evidence(row, by=request.user.person))


def _visible(request: PersonRequest, pk: int) -> Goal:
    return get_object_or_404(Goal.objects.visible_to(request.user).select_related(*RELATED), pk=pk)


def _own(request: PersonRequest, pk: int) -> Goal:
    goal = _visible(request, pk)
    if goal.learner_id != request.user.pk:
        raise PermissionDenied
    return goal


def _own_milestone(request: PersonRequest, pk: int) -> Milestone:
    milestone = get_object_or_404(Milestone.objects.filter(goal__in=Goal.objects.visible_to(request.user)), pk=pk)
    milestone.goal = _own(request, milestone.goal_id)
    return milestone


def _do(request: PersonRequest, goal: Goal, words: str, action: Callable[[], object]) -> HttpResponse:
    try:
        action()
    except TransitionError as no:
        messages.error(request, str(no))
    else:
        messages.success(request, words)
    return redirect("goal-detail", pk=goal.pk)


def _change(request: PersonRequest, goal: Goal, action: Callable[[], object]) -> HttpResponse:
    form = MilestoneForm(request.POST)
    try:
        action()
    except (ValidationError, TransitionError) as no:
        form.add_error("title" if isinstance(no, ValidationError) else None, str(getattr(no, "message", no)))
        return _milestones(request, goal, form)
    return _milestones(request, goal)


def _page(
    request: PersonRequest, goal: Goal, rate: RateForm | None = None, evidence: EvidenceForm | None = None
) -> HttpResponse:
    me = request.user.person
    form = rate or RateForm(initial={"progress": goal.progress, "level": goal.level_now})
    context = {
        "goal": goal, "pair": goal.pair, "partner": goal.pair.partner_of(me), "rate": form,
        "is_overdue": goal.is_overdue(timezone.localdate()), "chart": level_chart(goal),
        "evidence": goal.evidence.all(), "add": evidence or EvidenceForm(),
        "close": CloseForm(auto_id="id_close_%s", initial={"level": goal.level_now}),
        **_milestone_context(request, goal),
    }  # fmt: skip
    return render(request, "goals/goal_detail.html", context)


def _milestones(request: PersonRequest, goal: Goal, form: MilestoneForm | None = None) -> HttpResponse:
    """The list alone for htmx, else the whole page."""
    if getattr(request, "htmx", False):
        return render(request, "goals/_milestones.html", {"goal": goal, **_milestone_context(request, goal, form)})
    if form is not None:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("goal-detail", pk=goal.pk)


def _milestone_context(request: PersonRequest, goal: Goal, form: MilestoneForm | None = None) -> dict[str, object]:
    milestones = list(goal.milestones.all())
    return {
        "milestones": milestones,
        "done": sum(milestone.done_at is not None for milestone in milestones),
        "step": form or MilestoneForm(),
        "may_change": goal.learner_id == request.user.pk and goal.pair.is_running,
    }
