"""The short briefing for a role, before the first meeting."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentoring.permissions import PersonRequest
from mentoring.texts import briefing
from mentoring.views.find import own_pair
from notifications.rendering import markdown_html


@require_safe
def pair_briefing(request: PersonRequest, pk: int) -> HttpResponse:
    pair, me = own_pair(request, pk), request.user.person
    text = briefing("mentor" if me == pair.mentor else "mentee")
    context = {"pair": pair, "partner": pair.partner_of(me), "text": markdown_html(text)}
    return render(request, "mentoring/pair_briefing.html", context)
