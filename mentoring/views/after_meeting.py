"""After a meeting: next steps, and two taps on how it was."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from mentoring.actions import agreed_steps, impressions
from mentoring.forms.agreed_steps import AgreedStepForm
from mentoring.models import AgreedStep, Meeting, TransitionError
from mentoring.permissions import PersonRequest
from mentoring.views.find import own_meeting, own_pair, posted


def next_step_create(request: PersonRequest, pk: int) -> HttpResponse:
    """From the pair's page, or from that of the meeting named in the address."""
    pair, me = own_pair(request, pk), request.user.person
    meeting = _meeting_asked_for(request, pk)
    form = AgreedStepForm(posted(request), pair=pair, person=me)
    back = reverse("meeting-detail", args=[meeting.pk]) if meeting else reverse("pair-detail", args=[pk])
    if form.is_valid():
        with form.refusals():
            agreed_steps.agree(pair, by=me, meeting=meeting, **form.step)
            messages.success(request, "Written down. Both of you see it.")
            return redirect(f"{back}#steps")
    context = {"form": form, "pair": pair, "partner": pair.partner_of(me), "back": back, "meeting": meeting}
    return render(request, "mentoring/next_step.html", context)


@require_POST
def next_step_tick(request: PersonRequest, pk: int) -> HttpResponse:
    step = _own_step(request, pk)
    try:
        agreed_steps.tick(step, by=request.user.person, done=request.POST.get("done") == "yes")
    except TransitionError as no:
        messages.info(request, str(no))
    return redirect("home") if request.POST.get("from") == "home" else _to_pair(step)


@require_POST
def next_step_remove(request: PersonRequest, pk: int) -> HttpResponse:
    step = _own_step(request, pk)
    agreed_steps.take_back(step, by=request.user.person)
    messages.success(request, "Taken off the list.")
    return _to_pair(step)


@require_POST
def meeting_impression(request: PersonRequest, pk: int) -> HttpResponse:
    meeting = own_meeting(request, pk)
    answers = {name: request.POST[name] for name in impressions.ANSWERS if name in request.POST}
    if not all(value in impressions.ANSWERS[name].values for name, value in answers.items()):
        messages.error(request, "Choose one of the answers.")
    else:
        try:
            impressions.say(meeting, by=request.user.person, **answers)
        except TransitionError as no:
            messages.info(request, str(no))
    return redirect(f"{reverse('meeting-detail', args=[meeting.pk])}#impression")


def _own_step(request: PersonRequest, pk: int) -> AgreedStep:
    steps = AgreedStep.objects.visible_to(request.user).select_related("pair__mentor", "pair__mentee")
    return get_object_or_404(steps, pk=pk)


def _to_pair(step: AgreedStep) -> HttpResponse:
    return redirect(f"{reverse('pair-detail', args=[step.pair_id])}#steps")


def _meeting_asked_for(request: PersonRequest, pair: int) -> Meeting | None:
    asked = request.POST.get("meeting") or request.GET.get("meeting", "")
    meetings = Meeting.objects.visible_to(request.user).filter(pair=pair)
    return meetings.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
