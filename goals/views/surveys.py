"""HR writes surveys; each person answers their own sheets, in private."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goals.actions import surveys
from goals.forms.surveys import ScaleForm, SheetForm, SurveyForm
from goals.models import Sheet, Survey
from goals.survey_scales import scales
from mentoring.models import Programme, TransitionError
from mentoring.permissions import PersonRequest, hr_required

MOVES = {"open": Survey.Status.OPEN, "close": Survey.Status.CLOSED}


@require_safe
@hr_required
def survey_list(request: PersonRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    rows = programme.surveys.annotate(n=Count("statements"))[:100]
    return render(request, "goals/survey_list.html", {"programme": programme, "surveys": rows, "form": ScaleForm()})


@hr_required
@require_http_methods(["GET", "HEAD", "POST"])
def survey_create(request: PersonRequest, pk: int) -> HttpResponse:
    """Begins with a ready-made scale where the address names one."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    scale = scales().get(request.GET.get("scale", ""))
    initial = {
        "name": scale.name, "asked_of": scale.asked_of, "statements": "\n".join(scale.statements)
    } if scale else {}  # fmt: skip
    return _form_page(request, Survey(programme=programme), initial)


@hr_required
@require_http_methods(["GET", "HEAD", "POST"])
def survey_edit(request: PersonRequest, pk: int) -> HttpResponse:
    return _form_page(request, get_object_or_404(Survey.objects.select_related("programme"), pk=pk), {})


def _form_page(request: PersonRequest, survey: Survey, initial: dict[str, str]) -> HttpResponse:
    form = SurveyForm(request.POST or None, instance=survey, initial=initial)
    if form.is_valid():
        with form.refusals():
            surveys.write(survey, by=request.user.person, **form.cleaned_data)
            messages.success(request, "The survey is saved. Open it when people are to be asked.")
            return redirect("survey-list", survey.programme_id)
    return render(request, "goals/survey_form.html", {"survey": survey, "programme": survey.programme, "form": form})


@require_POST
@hr_required
def survey_move(request: PersonRequest, pk: int, move: str) -> HttpResponse:
    survey = get_object_or_404(Survey, pk=pk)
    try:
        surveys.move(survey, MOVES[move], by=request.user.person)
    except TransitionError as refusal:
        messages.warning(request, str(refusal))
    else:
        done = "is open: people are asked as their time comes." if move == "open" else "is closed: nobody is asked now."
        messages.success(request, f"“{survey}” {done}")
    return redirect("survey-list", survey.programme_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey_sheet(request: PersonRequest, pk: int) -> HttpResponse:
    """The statements while they are asked for, then one's own answers."""
    sheets = Sheet.objects.visible_to(request.user).select_related("survey__programme")
    sheet = get_object_or_404(sheets, pk=pk)
    form = SheetForm(request.POST or None, statements=list(sheet.survey.statements.all()))
    if form.is_valid():
        with form.refusals():
            surveys.answer(sheet, by=request.user.person, values=form.values)
            messages.success(request, "Thank you. Your answer is kept, for your eyes alone.")
            return redirect("survey-sheet", pk)
    context = {
        "sheet": sheet,
        "form": form,
        "ratings": sheet.ratings.select_related("statement").order_by("statement__number"),
        "is_open": Sheet.objects.open(timezone.now()).filter(pk=pk).exists(),
    }
    return render(request, "goals/survey_sheet.html", context)
