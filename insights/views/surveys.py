"""What a survey shows HR: figures of five people or more, never an answer."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goals.models import Sheet, Survey
from insights.figures.surveys import FEWEST, survey_results
from mentoring.permissions import PersonRequest, hr_required
from mentoring.tables import table_response

GAPS = (None,) * 4  # what a mean has not, and a change has


@require_safe
@hr_required
def survey_results_page(request: PersonRequest, pk: int) -> HttpResponse:
    survey = get_object_or_404(Survey.objects.select_related("programme"), pk=pk)
    results, times = survey_results(survey), Sheet.Time.labels
    context = {
        "survey": survey, "results": results, "fewest": FEWEST, "times": times,
        "statements": [(each, list(zip(times, means, strict=True))) for each, means in results.statements],
    }  # fmt: skip
    return render(request, "insights/survey_results.html", context)


@require_safe
@hr_required
def survey_results_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    survey = get_object_or_404(Survey, pk=pk)
    results = survey_results(survey)
    rows: list[list[object]] = [
        ["Mean", each.label, each.n, each.mean, *GAPS] for each in results.standings if each.mean is not None
    ]
    rows += [
        ["Change from the start", label, c.n, c.mean, c.before, c.after, c.low, c.high]
        for label, c in results.changes
        if c is not None
    ]
    numbers = [each.n for each in results.standings]
    rows += [
        [statement.text, label, n, mean, *GAPS]
        for statement, means in results.statements
        for label, n, mean in zip(Sheet.Time.labels, numbers, means, strict=True)
        if mean is not None
    ]
    head = ("What", "When", "n", "Mean, or mean change", "Start", "Then", "95 % from", "95 % to")
    return table_response("survey", head, rows)
