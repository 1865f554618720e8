"""The page of a meeting."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentoring.permissions import PersonRequest
from mentoring.views.find import own_meeting
from reverse_mentoring.meeting import page_of


@require_safe
def meeting_detail(request: PersonRequest, pk: int) -> HttpResponse:
    meeting = own_meeting(request, pk)
    return render(request, "mentoring/meeting_detail.html", page_of(meeting, request.user.person, timezone.now()))
