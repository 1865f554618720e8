"""The private calendar address: its page, and what a calendar finds there."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mentoring.actions import calendar_feeds as actions
from mentoring.calendar_entries import feed_of
from mentoring.models import CalendarFeed
from mentoring.permissions import PersonRequest


def calendar(request: PersonRequest) -> HttpResponse:
    """POST makes the address anew and shows it, this once: only its digest is kept."""
    address = ""
    if request.method == "POST":
        token = actions.make_anew(request.user.person)
        address = settings.SITE_URL + reverse("calendar-feed", args=[token])
    feed = CalendarFeed.objects.filter(person=request.user.pk).first()
    response = render(request, "mentoring/calendar.html", {"feed": feed, "address": address})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def calendar_revoke(request: PersonRequest) -> HttpResponse:
    actions.revoke(request.user.person)
    messages.success(request, "The address no longer works.")
    return redirect("calendar")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For calendars, which cannot sign in: who knows the address may read it."""
    feed = CalendarFeed.objects.of_token(token).select_related("person__user").first()
    if feed is None:
        raise Http404
    text = feed_of(feed.person, timezone.now())
    headers = {"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
