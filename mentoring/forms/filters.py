"""Filters of lists, read from the address."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import cast

from django import forms
from django.utils.choices import BaseChoiceIterator


class Offered(BaseChoiceIterator):
    """Choices that are pairs of words already, and need not be made so one by one."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self.pairs = pairs

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)


class ListFilter(forms.Form):
    """Looks the same as long as its choices and what is chosen are the same, and need not be drawn anew."""

    def drawn_by(self) -> Hashable:
        offered = [tuple(getattr(field, "choices", ())) for field in self.fields.values()]
        chosen = [self[name].data for name in self.fields]
        return type(self).__qualname__, repr((offered, chosen, self.errors.get_json_data()))

    def _offer(self, name: str, empty: str, choices: Iterable[tuple[str, str]]) -> None:
        """These choices, behind one of none."""
        cast(forms.ChoiceField, self.fields[name]).choices = Offered([("", empty), *choices])
