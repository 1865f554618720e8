"""The filters of the dashboards, read from the address; each shows as a chip that takes it away again."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Max, Min
from django.http import QueryDict

from insights.board import once_for
from insights.figures.selection import NAMES, Selection, grade_bands
from insights.models import Tally
from insights.months import months_between
from insights.scope import counted
from mentoring.forms.filters import ListFilter
from mentoring.scales import read_scales

MOST_MONTHS = 60


@dataclass(frozen=True)
class Chip:
    """A filter that is on; `address` is the page without it."""

    name: str
    value: str
    address: str


class FilterForm(ListFilter):
    """What cannot be read is said at its field, and filters nothing."""

    department = forms.ChoiceField(required=False)
    site = forms.ChoiceField(required=False)
    band = forms.ChoiceField(label="Grade band", required=False)
    cohort = forms.ChoiceField(label="Cohort", required=False)
    since = forms.ChoiceField(label="From", required=False)
    until = forms.ChoiceField(label="Until", required=False)

    def __init__(self, query: QueryDict, programmes: Sequence[int] | None) -> None:
        super().__init__({name: query.get(name, "") for name in self.base_fields})
        self.programmes = programmes
        self.query = query
        self.found = counted(programmes)
        self.helper = FormHelper()
        self.helper.form_tag = False
        scales = read_scales()
        self._offer("department", "Everywhere", scales.choices("department"))
        self._offer("site", "Everywhere", scales.choices("site"))
        self._offer("band", "All grades", [(str(band), name) for band, name in grade_bands().items()])
        cohorts, months = once_for(self.found, "times", lambda: _times(programmes))
        self._offer("cohort", "All", [(f"{month:%Y-%m}", f"Enrolled in {month:%B %Y}") for month in cohorts])
        for name, words in (("since", "Start"), ("until", "Now")):
            self._offer(name, words, [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in months])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", "The last month cannot lie before the first.")
        return data

    @property
    def selection(self) -> Selection:
        self.is_valid()
        data = {name: value for name, value in self.cleaned_data.items() if value}
        cell: dict[str, Any] = {name: int(data[name]) for name in ("department", "site", "band") if name in data}
        cell |= {name: _month(data[name]) for name in ("cohort", "since", "until") if name in data}
        return Selection(programmes=self.programmes, **cell)

    @property
    def chips(self) -> list[Chip]:
        self.is_valid()
        names = {**NAMES, "since": "From", "until": "Until"}
        found = []
        for name, title in names.items():
            if value := self.cleaned_data.get(name):
                words = dict(cast(forms.ChoiceField, self.fields[name]).choices)[value]  # type: ignore[arg-type]
                found.append(Chip(title, str(words), self._without(name)))
        return found

    def _without(self, name: str) -> str:
        query = self.query.copy()
        query.pop(name, None)
        return f"?{query.urlencode()}"

    @property
    def address(self) -> str:
        """The filters that are on, to be put behind another page's address."""
        self.is_valid()
        query = QueryDict(mutable=True)
        query.update({name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)})
        return f"?{query.urlencode()}" if query else ""


def _times(programmes: Sequence[int] | None) -> tuple[list[dt.date], list[dt.date]]:
    """The cohorts and the months of which anything is counted."""
    rows = Tally.objects.all() if programmes is None else Tally.objects.filter(programme__in=programmes)
    by_cohort = rows.filter(level=14, measure="enrolled").order_by("cohort").values_list("cohort", flat=True).distinct()
    ends = rows.filter(level=15).aggregate(first=Min("month"), last=Max("month"))
    months = months_between(ends["first"], ends["last"])[-MOST_MONTHS:] if ends["first"] else []
    return [month for month in by_cohort if month], months[::-1]


def _month(written: str) -> dt.date:
    return dt.date.fromisoformat(f"{written}-01")
