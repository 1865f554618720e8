"""Pairs that need a hand, the most urgent first, and what HR does for them."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from insights.figures.needs import pairs_in_need, with_all_it_shows
from insights.models import PairNeed
from insights.scope import scope_of
from insights.views.dashboard import frame
from mentoring.actions.help_offers import offer_help
from mentoring.models import HelpOffer, Pair
from mentoring.permissions import PersonRequest, hr_required, is_in_pair

PAGE = 10


@require_safe
@hr_required
def needs(request: PersonRequest, pk: int | None = None) -> HttpResponse:
    scope, now = scope_of(pk), timezone.now()
    rows = PairNeed.objects.visible_to(request.user)
    if scope.programme is not None:
        rows = rows.filter(programme=scope.programme)
    page = Paginator(with_all_it_shows(rows, now), PAGE).get_page(request.GET.get("page"))
    context = {**frame(request, scope, "needs"), "page": page, "needs": pairs_in_need(page.object_list, now)}
    return render(request, "insights/needs.html", context)


@require_POST
@hr_required
def pair_help(request: PersonRequest, pk: int) -> HttpResponse:
    """Nudge, call, new pair: one message to both, or to the one who asked."""
    pair = get_object_or_404(Pair.objects.visible_to(request.user), pk=pk)
    if is_in_pair(request.user, pair):  # they would learn that their partner asked for help
        raise PermissionDenied
    now = timezone.now()
    try:
        _help(request, pair, now)
    except ValidationError as no:
        messages.warning(request, " ".join(no.messages))
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "all-needs")


def _help(request: PersonRequest, pair: Pair, now: dt.datetime) -> None:
    need = with_all_it_shows(PairNeed.objects.visible_to(request.user).filter(pair=pair), now).first()
    steps = {step.kind: step for step in pairs_in_need([need], now)[0].steps} if need else {}
    step = steps.get(request.POST.get("kind", ""))
    if step is None:
        raise ValidationError("This pair does not need that any more. The list below is up to date.", "gone")
    offer_help(pair, step.kind, by=request.user.person, to=step.to, about=step.about)
    told = step.to.name if step.to else f"{pair.mentor} and {pair.mentee}"
    messages.success(request, f"{HelpOffer.Kind(step.kind).label}: {told} will hear from you.")
