"""“How do I communicate?”: fifteen statements, a private result with advice."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mentoring.actions import quizzes
from mentoring.forms.quiz import QuizForm
from mentoring.models import QuizResult
from mentoring.permissions import PersonRequest
from mentoring.quiz import AreaResult, QuizError, load_quiz, score
from mentoring.views.tools import posted


def quiz(request: PersonRequest) -> HttpResponse:
    """The result where there is one, else the statements; `?again=1` asks anew."""
    asked, kept = load_quiz(), QuizResult.objects.visible_to(request.user).first()
    form = QuizForm(posted(request), quiz=asked, initial=kept.answers if kept else {})
    if request.method == "POST" and form.is_valid():
        quizzes.keep(request.user.person, form.cleaned_data)
        return redirect("quiz")
    results = _scored(kept)
    if results and request.method != "POST" and "again" not in request.GET:
        return render(request, "mentoring/quiz_result.html", {"quiz": asked, "results": results, "kept": kept})
    return render(request, "mentoring/quiz.html", {"quiz": asked, "form": form})


@require_POST
def quiz_forget(request: PersonRequest) -> HttpResponse:
    quizzes.forget(request.user.person)
    messages.success(request, "Your answers are deleted.")
    return redirect("quiz")


def _scored(kept: QuizResult | None) -> tuple[AreaResult, ...]:
    """Nothing where the quiz has other statements by now."""
    try:
        return score(load_quiz(), kept.answers) if kept else ()
    except QuizError:
        return ()
