"""What an action refused, in the form that asked for it."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm

from mentoring.models import TransitionError


def add_refusal(form: BaseForm, refusal: ValidationError | TransitionError) -> None:
    """Puts the words where they belong: at their field, else above the form."""
    if isinstance(refusal, ValidationError) and hasattr(refusal, "error_dict"):
        for field, errors in refusal.error_dict.items():
            form.add_error(field if field in form.fields else NON_FIELD_ERRORS, errors)
    else:
        form.add_error(None, refusal if isinstance(refusal, ValidationError) else str(refusal))
