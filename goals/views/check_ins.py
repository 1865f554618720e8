"""A person's own check-ins: in the app, and by the link in the mail that needs no sign-in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from goals.actions.check_ins import answer
from goals.dashboard import trend_of
from goals.forms.check_ins import CheckInForm
from goals.forms.goals import RateForm
from goals.links import read_token
from goals.models import CheckIn, Goal
from mentoring.models import TransitionError
from mentoring.permissions import PersonRequest

RELATED = ("pair__mentor__user", "pair__mentee__user", "person")
LOW, MOST_GOALS = 2, 3


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: PersonRequest, pk: int) -> HttpResponse:
    """The questions while they are open, then one's own answers."""
    row = get_object_or_404(CheckIn.objects.visible_to(request.user).select_related(*RELATED), pk=pk)
    form = CheckInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer(row, by=request.user.person, answers=form.cleaned_data)
        except TransitionError as error:
            messages.info(request, str(error))
        return redirect("check-in", pk=row.pk)
    return render(request, "goals/check_in.html", _page(row, form))


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the questions, POST records them: a scanner that follows the link changes nothing.

    It shows nothing that was answered before, for whoever holds the mail may see it.
    """
    row = _of_token(token)
    if request.user.is_authenticated:
        if request.user.pk != row.person_id:
            raise Http404  # an outbox may hold the link; nobody answers for another
        return redirect("check-in", pk=row.pk)
    if not row.may_be_answered or row.lapses_at <= timezone.now():
        return render(request, "goals/check_in_by_mail_over.html", {"check_in": row}, status=410)
    form = CheckInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer(row, by=row.person, answers=form.cleaned_data)
        except TransitionError:
            return redirect(request.path)
        return render(request, "goals/check_in_by_mail_done.html", {"check_in": row})
    context = {"check_in": row, "form": form, "partner": row.pair.partner_of(row.person), "is_open": True}
    return render(request, "goals/check_in_by_mail.html", context)


def _of_token(token: str) -> CheckIn:
    try:
        pk = read_token(token)
    except signing.BadSignature as error:
        raise Http404 from error
    return get_object_or_404(CheckIn.objects.select_related(*RELATED), pk=pk)


def _page(row: CheckIn, form: CheckInForm) -> dict[str, object]:
    return {
        "check_in": row,
        "form": form,
        "partner": row.pair.partner_of(row.person),
        "is_open": row.may_be_answered and row.due_at <= timezone.now(),
        "trend": trend_of(row.pair, row.person),
        "goals": _goals_to_rate(row),
        "is_low": row.progress is not None and row.progress <= LOW and row.help_wanted == CheckIn.Help.NOBODY,
    }


def _goals_to_rate(row: CheckIn) -> list[tuple[Goal, RateForm]]:
    """Once they have answered: where they are with each skill. A step of its own, for goals are shared."""
    if row.status != CheckIn.Status.ANSWERED or not row.pair.is_running:
        return []
    goals = Goal.objects.open().filter(pair=row.pair, learner=row.person).select_related("wish__skill")
    return [
        (goal, RateForm(auto_id=f"id_{goal.pk}_%s", initial={"progress": goal.progress, "level": goal.level_now}))
        for goal in goals.order_by("pk")[:MOST_GOALS]
    ]
