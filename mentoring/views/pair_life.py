"""Pausing, taking up again, completing and ending a pair. Each page says first who will see what."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mentoring.actions import pair_life as actions
from mentoring.forms.meetings import EndForm
from mentoring.forms.refusals import RefusableForm
from mentoring.models import Pair
from mentoring.permissions import PersonRequest
from mentoring.views.find import own_pair, posted


def pair_pause(request: PersonRequest, pk: int) -> HttpResponse:
    pair, form = own_pair(request, pk), RefusableForm(posted(request))
    if form.is_valid():
        with form.refusals():
            actions.pause(pair, by=request.user.person)
            messages.success(request, "Paused. Either of you takes it up again with one click.")
            return redirect("pair-detail", pair.pk)
    return _confirm(request, "mentoring/pair_pause.html", pair, form)


def pair_resume(request: PersonRequest, pk: int) -> HttpResponse:
    pair, form = own_pair(request, pk), RefusableForm(posted(request))
    if form.is_valid():
        with form.refusals():
            actions.resume(pair, by=request.user.person)
            messages.success(request, "Welcome back. A good next step is a time to meet.")
            return redirect("pair-detail", pair.pk)
    return _confirm(request, "mentoring/pair_resume.html", pair, form)


def pair_complete(request: PersonRequest, pk: int) -> HttpResponse:
    pair, form = own_pair(request, pk), RefusableForm(posted(request))
    if form.is_valid():
        with form.refusals():
            actions.complete(pair, by=request.user.person)
            messages.success(request, "Completed. Well done, both of you.")
            return redirect("pair-detail", pair.pk)
    return _confirm(request, "mentoring/pair_complete.html", pair, form)


def pair_end(request: PersonRequest, pk: int) -> HttpResponse:
    pair, form = own_pair(request, pk), EndForm(posted(request))
    if form.is_valid():
        with form.refusals():
            actions.end(pair, by=request.user.person, because=form.cleaned_data["because"])
            messages.success(request, "The pair has ended, and your place is free again.")
            return redirect("pair-detail", pair.pk)
    return _confirm(request, "mentoring/pair_end.html", pair, form)


def _confirm(request: PersonRequest, template: str, pair: Pair, form: RefusableForm) -> HttpResponse:
    context = {
        "pair": pair,
        "partner": pair.partner_of(request.user.person),
        "form": form,
        "ahead": list(pair.meetings.ahead(timezone.now())),
        "held": pair.meetings.held().count(),
    }
    return render(request, template, context)
