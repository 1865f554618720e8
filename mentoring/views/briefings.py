"""The beginning of a pair: the briefing for a role, and the private answer after the introduction."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mentoring.actions import beginnings
from mentoring.dashboard.beginnings import beginning_page
from mentoring.models import Pair, Person, TransitionError
from mentoring.permissions import PersonRequest
from mentoring.texts import briefing
from mentoring.views.find import own_pair
from notifications.rendering import markdown_html

GO_ON, NOT_THIS_ONE = "go_on", "not_this_one"


@require_http_methods(["GET", "HEAD", "POST"])
def pair_briefing(request: PersonRequest, pk: int) -> HttpResponse:
    """A post confirms it."""
    pair, me = own_pair(request, pk, or_over=True), request.user.person
    if request.method == "POST":
        return _confirmed(request, pair, me)
    if not (pair.is_beginning or pair.has_started):
        return redirect("pair-detail", pair.pk)
    text = briefing("mentor" if me == pair.mentor else "mentee")
    context = {
        "pair": pair, "partner": pair.partner_of(me), "text": markdown_html(text), "confirmed_at": pair.briefed_at(me)
    }  # fmt: skip
    return render(request, "mentoring/pair_briefing.html", context)


def _confirmed(request: PersonRequest, pair: Pair, me: Person) -> HttpResponse:
    try:
        pair = beginnings.confirm_briefing(pair, by=me)
    except TransitionError as no:
        messages.info(request, str(no))
    else:
        messages.success(request, "Your pair has started." if pair.is_running else "Thank you. The next step is below.")
    return redirect("pair-detail", pair.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def pair_go_on(request: PersonRequest, pk: int) -> HttpResponse:
    """Go on, or not this one. What either says changes nothing that the other, or HR, could see."""
    pair, me = own_pair(request, pk, or_over=True), request.user.person
    if not pair.is_beginning:
        if request.method == "POST":
            messages.info(request, beginnings.OVER)
        return redirect("pair-detail", pair.pk)
    answer = request.POST.get("answer", "")
    if request.method == "POST" and answer in (GO_ON, NOT_THIS_ONE):
        return _said(request, pair, me, goes_on=answer == GO_ON)
    context = {
        "pair": pair,
        "partner": pair.partner_of(me),
        "page": beginning_page(pair, me, timezone.now()),
        "may_go_on": beginnings.may_go_on(pair, me, timezone.now()),
        "is_unanswered": request.method == "POST",
    }
    return render(request, "mentoring/pair_go_on.html", context)


def _said(request: PersonRequest, pair: Pair, me: Person, *, goes_on: bool) -> HttpResponse:
    try:
        pair = beginnings.say(pair, by=me, goes_on=goes_on)
    except TransitionError as no:
        messages.info(request, str(no))
    else:
        both = "Both of you would like to go on: your pair has started."
        messages.success(request, both if pair.is_running else "Kept, for your eyes only.")
    return redirect("pair-detail", pair.pk)
