"""How the refusals of actions come to stand at the fields that they are about."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError

from mentoring.models import TransitionError


class Refusable(forms.BaseForm):
    """Mixin for a form whose action may say no: `with form.refusals():` turns that into errors of the form."""

    # What the action calls it → the field here, where the names differ.
    FIELD_OF: ClassVar[dict[str, str]] = {}

    @contextmanager
    def refusals(self) -> Iterator[None]:
        try:
            yield
        except TransitionError as no:
            self.add_error(None, str(no))
        except ValidationError as no:
            self._take(no)

    def _take(self, no: ValidationError) -> None:
        if not hasattr(no, "error_dict"):
            self.add_error(None, no)
            return
        for name, errors in no.error_dict.items():
            field = self.FIELD_OF.get(name, name)
            self.add_error(field if field in self.fields else None, errors)


class RefusableForm(Refusable, forms.Form):
    """A plain form whose action may say no."""
