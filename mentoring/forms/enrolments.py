"""How many pairs a person says yes to, in each role."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.urls import reverse
from django.utils.html import format_html

from mentoring.forms.refusals import RefusableForm
from mentoring.models import MAX_CAPACITY, Enrolment, Person

CHOICES = [(0, "None"), *((number, str(number)) for number in range(1, MAX_CAPACITY + 1))]


def _capacity(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=CHOICES, coerce=int, widget=forms.RadioSelect)


class EnrolmentForm(RefusableForm):
    mentor_capacity = _capacity("Pairs as a mentor, who shares a skill")
    mentee_capacity = _capacity("Pairs as a mentee, who learns a skill")

    def __init__(self, *args: Any, person: Person, enrolment: Enrolment | None = None, **kwargs: Any) -> None:
        self.has_offers, self.has_wishes = person.offers.exists(), person.wishes.exists()
        now = (enrolment.mentor_capacity, enrolment.mentee_capacity) if enrolment else (
            int(self.has_offers), int(self.has_wishes)
        )  # fmt: skip
        initial = {"mentor_capacity": now[0], "mentee_capacity": now[1]}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(*(Field(name, wrapper_class="choices--numbers") for name in self.fields))

    def clean(self) -> dict[str, Any]:
        """No place in a role in which the matching would have nothing to go by."""
        data = super().clean() or {}
        mentor, mentee = data.get("mentor_capacity"), data.get("mentee_capacity")
        if mentor and not self.has_offers:
            self.add_error("mentor_capacity", _missing("You offer no skill yet, so nobody could learn from you."))
        if mentee and not self.has_wishes:
            self.add_error("mentee_capacity", _missing("You wish for no skill yet, so there is nobody to look for."))
        if mentor == 0 and mentee == 0:
            self.add_error("mentor_capacity", "Choose at least one pair, as a mentor or as a mentee.")
        return data


def _missing(sentence: str) -> str:
    return format_html(
        '{} <a href="{}">Add one to your skills</a>, or choose “None” here.', sentence, reverse("inventory")
    )
