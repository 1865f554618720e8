"""Which goals a meeting was about."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from goals.actions.meetings import set_goals
from goals.models import Goal
from mentoring.models import TransitionError
from mentoring.permissions import PersonRequest
from mentoring.views.find import own_meeting


@require_POST
def meeting_goals(request: PersonRequest, pk: int) -> HttpResponse:
    meeting = own_meeting(request, pk)
    asked = [int(value) for value in request.POST.getlist("goal") if value.isdecimal() and len(value) < 10]
    try:
        goals = Goal.objects.visible_to(request.user).filter(pk__in=asked)
        set_goals(meeting, by=request.user.person, goals=goals)
        messages.success(request, "Saved. Both of you see it.")
    except TransitionError as no:
        messages.info(request, str(no))
    return redirect(f"{reverse('meeting-detail', args=[pk])}#goals")
