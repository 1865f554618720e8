"""What a survey shows HR: figures of five people or more, never an answer."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goals.models import Sheet, Survey
from insights.figures.surveys import FEWEST, survey_results
from mentoring.permissions import PersonRequest, hr_required
from mentoring.tables import table_response


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
    rows = [
        [f"Change from the start: {label}", c.n, c.before, c.after, c.mean, c.low, c.high]
        for label, c in results.changes
        if c is not None
    ]
    head = ("What", "n", "Start", "Then", "Mean change", "95 % from", "95 % to")
    return table_response("survey", head, rows)
