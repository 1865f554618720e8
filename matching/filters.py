"""HR's filters of suggestions, read from the address."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from matching.models import Suggestion
from mentoring.forms.filters import ListFilter
from mentoring.scales import Scales, read_scales

Suggestions = QuerySet[Suggestion]
WAITING = Suggestion.Status.PROPOSED
SORTS = {
    "score": ("score", "pk"),
    "mentor": ("mentor__name", "pk"),
    "mentee": ("mentee__name", "pk"),
    "skill": ("skill__name", "-score", "pk"),
}
DEFAULT_SORT = "-score"
MARKS = {
    "near_tie": Q(near_tie=True),
    "exception": ~Q(exceptions=[]),
    "exchange": Q(is_exchange=True),
}


Choices = dict[str, list[tuple[str, str]]]


def places_offered(scales: Scales | None = None) -> Choices:
    scales = scales or read_scales()
    return {name: scales.choices(name) for name in ("department", "grade")}


def with_status(data: QueryDict) -> QueryDict:
    data = data.copy()
    data.setdefault("status", WAITING)
    return data


class SuggestionFilter(filters.FilterSet):  # type: ignore[misc]
    """Without a status in the address, those that wait for HR."""

    q = filters.CharFilter(label="Search", method="search", widget=forms.TextInput(attrs={"type": "search"}))
    department = filters.ChoiceFilter(label="Department", method="either", empty_label="Any")
    grade = filters.ChoiceFilter(label="Grade", method="either", empty_label="Any")
    score_from = filters.NumberFilter(field_name="score", lookup_expr="gte", label="Score from")
    score_to = filters.NumberFilter(field_name="score", lookup_expr="lte", label="Score to")
    mark = filters.ChoiceFilter(
        label="Only",
        method="marked",
        empty_label="All",
        choices=[("near_tie", "Near ties"), ("exception", "Exceptions"), ("exchange", "Mutual exchanges")],
    )
    origin = filters.ChoiceFilter(label="Comes from", choices=Suggestion.Origin.choices, empty_label="Anywhere")
    status = filters.ChoiceFilter(choices=Suggestion.Status.choices, widget=forms.HiddenInput)
    sort = filters.CharFilter(method="ordered", widget=forms.HiddenInput)

    class Meta:
        form = ListFilter

    def __init__(self, data: QueryDict, queryset: Suggestions, offered: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(with_status(data), queryset=queryset, **kwargs)
        for name, choices in (offered or places_offered()).items():
            self.filters[name].extra["choices"] = choices

    def search(self, rows: Suggestions, name: str, value: str) -> Suggestions:
        """Each word stands in a name, a job title or the skill."""
        for word in value.split():
            rows = rows.filter(
                Q(mentor__name__icontains=word)
                | Q(mentee__name__icontains=word)
                | Q(mentor__job_title__icontains=word)
                | Q(mentee__job_title__icontains=word)
                | Q(skill__name__icontains=word)
            )
        return rows

    def either(self, rows: Suggestions, name: str, value: str) -> Suggestions:
        return rows.filter(Q(**{f"mentor__{name}": value}) | Q(**{f"mentee__{name}": value}))

    def marked(self, rows: Suggestions, name: str, value: str) -> Suggestions:
        return rows.filter(MARKS[value])

    def ordered(self, rows: Suggestions, name: str, value: str) -> Suggestions:
        return rows.order_by(*order_of(value))


def order_of(sort: str) -> tuple[str, ...]:
    """The columns to order by; an unknown word orders by score, best first."""
    first, *rest = SORTS.get(sort.removeprefix("-"), SORTS["score"])
    descends = sort.startswith("-") if sort.removeprefix("-") in SORTS else True
    return (f"-{first}" if descends else first, *rest)
