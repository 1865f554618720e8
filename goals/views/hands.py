"""Raising a hand: the form, one's own, HR's list, the thread that both sides write in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goals.actions import hands as actions
from goals.forms.hands import MessageForm, RaiseForm
from goals.models import Hand
from mentoring.models import Pair, TransitionError
from mentoring.permissions import PersonRequest, hr_required
from mentoring.views.tools import number_of, page_of, posted

PAGE = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_create(request: PersonRequest) -> HttpResponse:
    me = request.user.person
    asked = Pair.objects.known_to(me).filter(pk=number_of(request.GET.get("pair"))).first()
    form = RaiseForm(posted(request), person=me, initial={"pair": asked})
    if form.is_valid():
        data = form.cleaned_data
        with form.refusals():
            hand = actions.raise_hand(me, topic=data["topic"], text=data["text"], pair=data["pair"])
            messages.success(request, "HR has it. You find the answer here, and we tell you when it is there.")
            return redirect("hand-detail", hand.pk)
    return render(request, "goals/hand_create.html", {"form": form})


@never_cache
@require_safe
def hand_list(request: PersonRequest) -> HttpResponse:
    """One's own."""
    rows = Hand.objects.filter(person=request.user.pk)
    return render(request, "goals/hand_list.html", {"page": page_of(request, rows, PAGE)})


@never_cache
@require_safe
@hr_required
def hand_desk(request: PersonRequest, status: str = "open") -> HttpResponse:
    """HR's list: whose turn it is, the longest waiting first."""
    desk = Hand.objects.on_desk_of(request.user)
    counted = {f"n_{each}": Count("pk", filter=Q(status=each)) for each in Hand.Status.values}
    counts = desk.aggregate(**counted)
    order = "touched_at" if status == Hand.Status.OPEN else "-touched_at"
    rows = desk.filter(status=status).select_related("person__department", "pair__mentor", "pair__mentee")
    tabs = [(each, label, counts[f"n_{each}"]) for each, label in Hand.Status.choices]
    context = {"page": page_of(request, rows.order_by(order, "pk"), PAGE), "tabs": tabs, "status": status}
    return render(request, "goals/hand_desk.html", context)


@never_cache
@require_safe
def hand_detail(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk), MessageForm())


@require_POST
def hand_write(request: PersonRequest, pk: int) -> HttpResponse:
    hand, form = _visible(request, pk), MessageForm(request.POST)
    if form.is_valid():
        with form.refusals():
            actions.write(hand, by=request.user.person, text=form.cleaned_data["text"])
            messages.success(request, "Sent.")
            return redirect("hand-detail", hand.pk)
    return _page(request, hand, form)


@require_POST
def hand_close(request: PersonRequest, pk: int) -> HttpResponse:
    hand = _visible(request, pk)
    try:
        actions.close(hand, by=request.user.person)
    except TransitionError as no:
        messages.info(request, str(no))
        return redirect("hand-detail", hand.pk)
    messages.success(request, "Closed. One more message opens it again.")
    return redirect("hand-list" if hand.person_id == request.user.pk else "hand-desk")


def _visible(request: PersonRequest, pk: int) -> Hand:
    hands = Hand.objects.visible_to(request.user)
    return get_object_or_404(hands.select_related("person__user", "pair__mentor", "pair__mentee"), pk=pk)


def _page(request: PersonRequest, hand: Hand, form: MessageForm) -> HttpResponse:
    is_own = hand.person_id == request.user.pk
    if not is_own and not request.user.is_hr:
        raise PermissionDenied
    thread = list(hand.messages.select_related("author"))
    partner = hand.pair.partner_of(hand.person) if hand.pair else None
    is_answered = any(message.author_id != hand.person_id for message in thread)
    context = {
        "hand": hand, "thread": thread, "form": form, "is_own": is_own, "partner": partner,
        "may_close": hand.status != Hand.Status.CLOSED and (is_own or is_answered),
    }  # fmt: skip
    return render(request, "goals/hand_detail.html", context)
