"""Addresses of HR's dashboards: each page for all programmes (`all-…`) and for one (`programme-…`)."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from insights.views import dashboard, figures, leaders, needs, pictures, report, surveys

PAGES: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
    ("", dashboard.dashboard, "dashboard"),
    ("refresh/", dashboard.refresh, "refresh"),
    ("figures.<str:kind>", figures.figures_file, "figures-file"),
    ("figures/<slug:slug>/", figures.figure, "figure"),
    ("figures/<slug:slug>.<str:kind>", figures.figure_file, "figure-file"),
    ("pictures/", pictures.pictures, "pictures"),
    ("pictures/<slug:slug>.<str:kind>", pictures.picture_file, "picture-file"),
    ("needs/", needs.needs, "needs"),
]

urlpatterns: list[URLPattern] = [
    *(path(f"hr/dashboard/{tail}", view, name=f"all-{name}" if tail else name) for tail, view, name in PAGES),
    *(path(f"hr/dashboard/<int:pk>/{tail}", view, name=f"programme-{name}") for tail, view, name in PAGES),
    path("hr/dashboard/<int:pk>/leaders/", leaders.leaders, name="programme-leaders"),
    path("hr/dashboard/<int:pk>/leaders.<str:kind>", leaders.leaders_file, name="programme-leaders-file"),
    path("hr/dashboard/<int:pk>/report.pdf", report.report, name="programme-report"),
    path("hr/surveys/<int:pk>/", surveys.survey_results_page, name="survey-results"),
    path("hr/surveys/<int:pk>.csv", surveys.survey_results_file, name="survey-results-file"),
    path("hr/pairs/<int:pk>/help/", needs.pair_help, name="pair-help"),
]
