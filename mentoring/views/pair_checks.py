"""HR's list of pairs that the organisation has changed around."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentoring.actions import pair_checks
from mentoring.models import PairConcern, TransitionError
from mentoring.permissions import PersonRequest, hr_required
from mentoring.views.tools import page_of

PAGE = 25
DONE = {
    "kept": "The pair goes on.",
    "ended": "The pair has ended, and both have been told kindly.",
    "replaced": "Both are free again: the next matching run looks for somebody new.",
}


@require_safe
@hr_required
def pair_check_list(request: PersonRequest) -> HttpResponse:
    rows = PairConcern.objects.visible_to(request.user).open().select_related(
        "pair__programme", "pair__skill",
        "pair__mentor__user", "pair__mentor__department", "pair__mentor__grade", "pair__mentor__site",
        "pair__mentee__user", "pair__mentee__department", "pair__mentee__grade", "pair__mentee__site",
    )  # fmt: skip
    return render(request, "mentoring/pair_check_list.html", {"page": page_of(request, rows, PAGE)})


@require_POST
@hr_required
def pair_check_decide(request: PersonRequest, pk: int) -> HttpResponse:
    concern = get_object_or_404(PairConcern.objects.visible_to(request.user), pk=pk)
    decision = request.POST.get("decision", "")
    if decision not in DONE:
        messages.info(request, "Choose what to do with the pair.")
        return redirect("pair-check-list")
    try:
        pair_checks.decide(concern, decision, by=request.user.person)
        messages.success(request, DONE[decision])
    except TransitionError as error:
        messages.warning(request, str(error))
    return redirect("pair-check-list")
