"""Taking up a goal that was kept when its pair ended."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from goals.actions.kept_goals import take_up
from goals.models import Goal
from goals.views.find import own_pair
from mentoring.models import TransitionError
from mentoring.permissions import PersonRequest


@require_POST
def goal_take_up(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """Goal `number`, in the pair."""
    pair = own_pair(request, pk)
    goal = get_object_or_404(Goal.objects.visible_to(request.user), pk=number)
    if goal.learner_id != request.user.pk:
        raise PermissionDenied
    try:
        take_up(goal, by=request.user.person, pair=pair)
        messages.success(request, "It goes on here, with all that you had written to it.")
    except TransitionError as no:
        messages.info(request, str(no))
    return redirect("pair-detail", pair.pk)
