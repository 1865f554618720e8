"""A person's pairs, and their answer to an invitation."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.actions import pairs
from mentoring.dashboard.invitation import invitation_page
from mentoring.dashboard.pairs import pair_rows
from mentoring.forms.pairs import YES, AnswerForm
from mentoring.models import Pair, Person, TransitionError
from mentoring.permissions import PersonRequest, hr_required, is_in_pair

PAGE = 20


@require_safe
def pair_list(request: PersonRequest) -> HttpResponse:
    """Who asks me, whom I wait for, with whom I meet, and what is over."""
    person = request.user.person
    known = Pair.objects.known_to(person).with_people().select_related("return_skill")
    over = Paginator(known.exclude(pk__in=Pair.objects.of(person).open().values("pk")).order_by("-finished_at"), PAGE)
    page = over.get_page(request.GET.get("page"))
    context = {
        "groups": pair_rows(known.open().order_by("answer_by", "-started_at"), person),
        "over": [(pair, pair.partner_of(person)) for pair in page],
        "page": page,
        "now": timezone.now(),
    }
    return render(request, "mentoring/pair_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pair_invitation(request: PersonRequest, pk: int) -> HttpResponse:
    """Who it is, why, what each would share and learn; and the answer. Safe to reload and to send twice."""
    person = request.user.person
    pair = get_object_or_404(Pair.objects.known_to(person).with_people().select_related("return_skill"), pk=pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        _answer(request, pair, person, form)
        return redirect("pair-invitation", pk)
    page = invitation_page(pair, person)
    return render(request, "mentoring/pair_invitation.html", {"page": page, "pair": pair, "form": form})


def _answer(request: PersonRequest, pair: Pair, person: Person, form: AnswerForm) -> None:
    says_yes = form.cleaned_data["answer"] == YES
    try:
        if says_yes:
            pairs.accept(pair, by=person)
        else:
            pairs.decline(pair, by=person, because=form.cleaned_data["because"])
    except TransitionError as refusal:
        pair.refresh_from_db()
        if not _said_so_before(pair, person, says_yes):
            messages.info(request, str(refusal))


def _said_so_before(pair: Pair, person: Person, says_yes: bool) -> bool:
    """The same answer a second time, as from a double click: nothing to be said about it."""
    if not says_yes:
        return bool(pair.no_from_id == person.pk)
    return (
        pair.is_running
        or pair.is_beginning
        or bool(pair.status == Pair.Status.ASKING_SENIOR and person.pk == pair.junior_id)
    )


@require_POST
def pair_take_back(request: PersonRequest, pk: int) -> HttpResponse:
    """The asker takes a quick question back."""
    pair = get_object_or_404(Pair.objects.known_to(request.user.pk), pk=pk)
    try:
        pairs.withdraw_invitation(pair, by=request.user.person)
    except TransitionError as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "Your question is taken back.")
    return redirect("pair-list")


@require_POST
@hr_required
def pair_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """HR takes an invitation or a beginning of two others back."""
    pair = get_object_or_404(Pair.objects.visible_to(request.user).of_programmes(), pk=pk)
    if is_in_pair(request.user, pair):
        raise PermissionDenied if pair.is_known_to(request.user.person) else Http404
    try:
        pairs.withdraw_invitation(pair, by=request.user.person)
    except TransitionError as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "It is taken back. Those of the two who knew of it get a kind message.")
    return redirect("pair-detail", pk)
