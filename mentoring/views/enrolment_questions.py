"""HR's questions at sign-up: asked, changed, taken away; and what people answered."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.actions import enrolment_questions, readings
from mentoring.forms.enrolment_questions import QuestionForm
from mentoring.models import Enrolment, EnrolmentAnswer, EnrolmentQuestion, Programme, Reading, TransitionError
from mentoring.permissions import PersonRequest, hr_required
from mentoring.views.tools import page_of

PAGE = 25


@require_POST
@hr_required
def enrolment_question_add(request: PersonRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    form = QuestionForm(request.POST)
    if form.is_valid():
        with form.refusals():
            enrolment_questions.add(programme, by=request.user.person, **form.cleaned_data)
            messages.success(request, "The question is added.")
            return redirect("programme-step", pk, "questions")
    return render(request, "mentoring/enrolment_question.html", {"programme": programme, "form": form})


@hr_required
@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_question_edit(request: PersonRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(EnrolmentQuestion.objects.asked().select_related("programme"), pk=pk)
    form = QuestionForm(request.POST or None, instance=EnrolmentQuestion.objects.get(pk=pk))
    if form.is_valid():
        with form.refusals():
            enrolment_questions.change(question, by=request.user.person, **form.cleaned_data)
            messages.success(request, "Saved.")
            return redirect("programme-step", question.programme_id, "questions")
    context = {"programme": question.programme, "form": form, "question": question}
    return render(request, "mentoring/enrolment_question.html", context)


@require_POST
@hr_required
def enrolment_question_remove(request: PersonRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(EnrolmentQuestion.objects.asked(), pk=pk)
    try:
        enrolment_questions.take_away(question, by=request.user.person)
    except TransitionError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "The question is no longer asked.")
    return redirect("programme-step", question.programme_id, "questions")


@require_safe
@hr_required
def enrolment_answers(request: PersonRequest, pk: int) -> HttpResponse:
    """What the enrolled answered, a page of people at a time."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    questions = list(programme.questions.all())
    enrolled = Enrolment.objects.visible_to(request.user).enrolled().filter(programme=programme)
    answers = EnrolmentAnswer.objects.visible_to(request.user).order_by("question")
    rows = (
        enrolled.filter(pk__in=answers.order_by().values("enrolment"))
        .select_related("person__user", "person__department", "person__grade", "person__site")
        .prefetch_related(Prefetch("answers", answers))
        .order_by("person__name", "pk")
    )
    page = page_of(request, rows, PAGE)
    texts = {question.pk: question.text for question in questions}
    shown = [(row.person, [(texts[a.question_id], a.words) for a in row.answers.all()]) for row in page]
    readings.note([person.pk for person, _ in shown], Reading.What.ANSWERS, by=request.user.person)
    return render(request, "mentoring/enrolment_answers.html", {"programme": programme, "page": page, "shown": shown})
