"""A person's yes to a programme, its size, and taking it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mentoring import programme_words as words
from mentoring.actions import enrolments, new_pairs
from mentoring.dashboard.programmes import missing_for_matching
from mentoring.forms.enrolments import EnrolmentForm
from mentoring.models import Enrolment, EnrolmentAnswer, Pair, Programme, TransitionError
from mentoring.permissions import PersonRequest, may_enrol


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: PersonRequest, pk: int) -> HttpResponse:
    """Says yes to a programme, or changes how much one takes on."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    person = request.user.person
    enrolment = Enrolment.objects.enrolled().filter(programme=programme, person=person).first()
    if enrolment is None and not may_enrol(request.user, programme):
        raise PermissionDenied
    questions = list(programme.questions.asked())
    known = EnrolmentAnswer.objects.filter(enrolment__programme=programme, enrolment__person=person)
    answers = dict(known.values_list("question", "words")) if questions else {}
    form = EnrolmentForm(request.POST or None, person=person, enrolment=enrolment, questions=questions, answers=answers)
    if form.is_valid():
        with form.refusals():
            if enrolment:
                enrolments.change_capacity(enrolment, by=person, **form.said)
            else:
                enrolments.enrol(programme, person=person, **form.said)
            done = "Saved." if enrolment else "You are enrolled. You will hear from us when somebody fits."
            messages.success(request, done)
            return redirect("programme-detail", pk)
    context = {
        "programme": programme, "form": form, "enrolment": enrolment, "rhythm": words.rhythm(programme),
        "hours": words.hours_a_month(programme), "missing": missing_for_matching(person),
    }  # fmt: skip
    return render(request, "mentoring/enrol.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    enrolment = get_object_or_404(Enrolment, programme=programme, person=request.user.pk)
    person = request.user.person
    if request.method == "POST":
        try:
            enrolments.withdraw(enrolment, by=person)
        except TransitionError as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, f"You have withdrawn from “{programme}”.")
        return redirect("programme-detail", pk)
    mine = Pair.objects.known_to(person).filter(programme=programme)
    context = {"programme": programme, "running": mine.running().with_people(), "asking": mine.asking().count()}
    return render(request, "mentoring/enrolment_withdraw.html", context)


@require_POST
def new_pair(request: PersonRequest, pk: int) -> HttpResponse:
    """Takes up the offer of a new pair, in one click."""
    enrolment = get_object_or_404(Enrolment.objects.enrolled(), programme=pk, person=request.user.pk)
    try:
        new_pairs.take_up(enrolment, by=request.user.person)
        messages.success(request, "You come first when the next pairs are found. HR has been told.")
    except TransitionError as no:
        messages.info(request, str(no))
    return redirect("home")
