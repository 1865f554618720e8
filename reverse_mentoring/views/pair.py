"""The page of a pair."""

from django.db.models import Exists, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentoring.actions import readings
from mentoring.actions.pairs import may_withdraw
from mentoring.dashboard.unshown import UNSHOWN
from mentoring.models import Pair, Reading, User
from mentoring.permissions import PersonRequest, is_in_pair
from mentoring.prepared import KEY, prepared
from reverse_mentoring.pair import PAIR_LISTS, beginning_of, counts_of, page_of, shared_answers_of

_OWN = prepared(
    lambda person, pk: (
        Pair.objects.known_to(person)
        .filter(pk=pk)
        .select_related(
            "programme", "skill", "return_skill",
            "mentor__department", "mentor__site", "mentee__department", "mentee__site",
        )
        .defer(*UNSHOWN)
        .annotate(**{name: Exists(found(person).order_by()) for name, found in PAIR_LISTS.items()})
    ),
    KEY,
    KEY,
)  # fmt: skip


def _known_to(user: User) -> QuerySet[Pair]:
    return Pair.objects.visible_to(user).with_people().select_related("return_skill")


@require_safe
def pair_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Everything for the two; for HR who they are, where they stand and how often they meet."""
    pair = next(iter(_OWN(request.user.pk, pk)), None)
    pair = pair or get_object_or_404(_known_to(request.user), pk=pk)
    if not is_in_pair(request.user, pair):
        shared = shared_answers_of(pair, request.user)
        known_to = [person.pk for person in pair.people if pair.is_known_to(person)]  # others must not learn of it here
        readings.note(known_to, Reading.What.PAIR, by=request.user.person)
        readings.note([answer.person_id for answer in shared], Reading.What.CHECK_IN, by=request.user.person)
        may = may_withdraw(pair, request.user.person)
        context = {"pair": pair, "counts": counts_of(pair), "shared": shared, "may_withdraw": may}
        return render(request, "pair_detail_hr.html", context)
    if pair.is_beginning:
        return render(request, "pair_detail_beginning.html", beginning_of(pair, request.user.person, timezone.now()))
    if not pair.has_started:
        return redirect("pair-invitation", pair.pk)
    template = "pair_detail_quick.html" if pair.is_quick else "pair_detail.html"
    return render(request, template, page_of(pair, request.user.person, timezone.now()))
