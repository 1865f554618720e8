"""Asking a colleague a quick question."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mentoring.actions import questions
from mentoring.forms.questions import QuestionForm
from mentoring.models import Person
from mentoring.permissions import PersonRequest, may_ask_for_pair
from mentoring.views.tools import number_of


@require_http_methods(["GET", "HEAD", "POST"])
def question_create(request: PersonRequest) -> HttpResponse:
    """`?mentor=` says whom; `?skill=` chooses one of the skills that they offer."""
    mentor = get_object_or_404(
        Person.objects.visible_to(request.user).for_cards(), pk=number_of(request.GET.get("mentor"))
    )
    if not may_ask_for_pair(request.user, mentor):
        raise PermissionDenied
    form = QuestionForm(request.POST or None, mentor=mentor, initial={"skill": request.GET.get("skill")})
    if form.is_valid():
        with form.refusals():
            pair = questions.ask(asker=request.user.person, mentor=mentor, **form.cleaned_data)
            messages.success(request, f"Your question to {mentor.name} waits for an answer.")
            return redirect("pair-invitation", pair.pk)
    context = {"form": form, "mentor": mentor, "why_not": questions.why_not_now(mentor, timezone.now())}
    return render(request, "mentoring/question_create.html", context)
