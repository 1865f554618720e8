"""What the address of HR's approval table asks for."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from matching.filters import DEFAULT_SORT, WAITING, SuggestionFilter, order_of, places_offered, with_status
from matching.models import Suggestion
from mentoring.models import Programme
from mentoring.prepared import KEY, prepared
from mentoring.scales import read_scales
from mentoring.views.tools import long_page_of

PAGE = 40
_FIRST_WAITING = prepared(
    lambda programme: (
        Suggestion.objects.known_to_hr()
        .proposed()
        .filter(programme=programme)
        .order_by(*order_of(DEFAULT_SORT))
        .values_list("pk", flat=True)[:PAGE]
    ),
    KEY,
)


class Sought:
    """The table as it opens, with nothing sought in it, needs no form until that is drawn."""

    def __init__(self, request: HttpRequest, programme: Programme) -> None:
        self._request, self._programme = request, programme
        self.data = with_status(request.GET)
        self.scales = read_scales()
        self._offered = places_offered(self.scales)

    @property
    def status(self) -> str:
        return str(self.data["status"])

    @property
    def form(self) -> forms.Form:
        return self._filter.form  # type: ignore[no-any-return]

    def drawn_by(self) -> Hashable:
        """The form looks the same for the same choices and the same address but for its page."""
        asked = sorted((name, values) for name, values in self.data.lists() if name != "page")
        return repr((self._offered, asked))

    def page(self, counts: Mapping[str, int]) -> Page[int]:
        """The keys on the page that the address asks for."""
        sought = {name for name, value in self.data.items() if value}
        if sought <= {"status", "page"} and self.status == WAITING:
            paginator: Paginator[int] = Paginator(_Waiting(self._programme.pk, self._keys), PAGE)
            paginator.count = counts.get(WAITING, 0)
            return paginator.get_page(self.data.get("page"))
        return long_page_of(self._request, self._filter.qs, PAGE)

    def _keys(self) -> QuerySet[Suggestion, int]:
        return self._filter.qs.values_list("pk", flat=True)  # type: ignore[no-any-return]

    @cached_property
    def _filter(self) -> SuggestionFilter:
        known = self._programme.suggestions.known_to_hr().order_by(*order_of(DEFAULT_SORT))
        return SuggestionFilter(self.data, known, self._offered)


class _Waiting(Sequence[int]):
    """The keys of all that wait, for a paginator that knows how many: most readers ask for the first page."""

    def __init__(self, programme: int, keys: Callable[[], QuerySet[Suggestion, int]]) -> None:
        self._programme, self._keys = programme, keys

    def __len__(self) -> int:
        return self._keys().count()

    def __getitem__(self, part: Any) -> Any:
        return _FIRST_WAITING(self._programme)[part] if part.stop <= PAGE else list(self._keys()[part])
