"""Two people ask for each other."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from matching.actions import requests
from matching.dashboard import where_it_stands
from matching.forms import RequestForm
from matching.models import Suggestion
from matching.obstacles import free_places
from matching.permissions import may_answer, may_step_back, may_withdraw
from mentoring.models import Person, Role, TransitionError
from mentoring.permissions import PersonRequest, employee_required, may_ask_for_pair


@employee_required
def request_create(request: PersonRequest, pk: int) -> HttpResponse:
    other = get_object_or_404(Person.objects.visible_to(request.user).for_cards(), pk=pk)
    if not may_ask_for_pair(request.user, other):
        raise PermissionDenied
    initial = {"what": request.GET.get("what", "")}
    form = RequestForm(request.POST or None, initial=initial, by=request.user.person, other=other)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = requests.ask(
                data["programme"], by=request.user.person, other=other, mentor=data["mentor"], skill=data["skill"],
                message=data["message"],
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{other} has been asked. You hear from us as soon as there is an answer.")
            return redirect("request-detail", made.pk)
    return render(request, "matching/request_create.html", {"form": form, "other": other})


def request_detail(request: PersonRequest, pk: int) -> HttpResponse:
    found, me = _own(request, pk), request.user.person
    role = Role.MENTOR if found.mentor_id == me.pk else Role.MENTEE
    return render(
        request,
        "matching/request_detail.html",
        {
            "suggestion": found,
            "other": found.partner_of(me),
            "is_asker": found.asked_by_id == me.pk,
            "words": where_it_stands(found, me),
            "role": role.label.lower(),
            "needs_place": not free_places(found.programme, [me.pk])[me.pk, role],
            "may_answer": may_answer(request.user, found),
            "may_withdraw": may_withdraw(request.user, found),
            "may_step_back": may_step_back(request.user, found),
        },
    )


@require_POST
def request_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """A private yes or "not available"."""
    found = _own(request, pk)
    if request.user.pk not in (found.asked_id, found.asked_by_id):
        raise PermissionDenied
    try:
        if request.POST.get("answer") == "yes":
            requests.say_yes(found, by=request.user.person)
            messages.success(request, "Thank you. HR has a look at it now, then the two of you start.")
        else:
            requests.say_not_available(found, by=request.user.person)
            messages.success(request, f"Thank you. {found.partner_of(request.user.person)} learns “not available”.")
    except (ValidationError, TransitionError) as error:
        _tell(request, error)
    return redirect("request-detail", pk)


@require_POST
def request_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    if found.asked_by_id != request.user.pk:
        raise PermissionDenied
    try:
        requests.withdraw(found, by=request.user.person)
        messages.success(request, "You have taken your request back.")
    except TransitionError as error:
        messages.warning(request, str(error))
    return redirect("request-detail", pk)


def _own(request: PersonRequest, pk: int) -> Suggestion:
    """A request that this person made or received."""
    mine = Suggestion.objects.visible_to(request.user).filter(origin=Suggestion.Origin.REQUEST).with_people()
    found = get_object_or_404(mine.select_related("asked", "asked_by"), pk=pk)
    if request.user.pk not in (found.asked_id, found.asked_by_id):
        raise PermissionDenied
    return found


def _tell(request: HttpRequest, error: ValidationError | TransitionError) -> None:
    for sentence in error.messages if isinstance(error, ValidationError) else [str(error)]:
        messages.warning(request, sentence)
