"""How many pairs a person says yes to, in each role, and what they answer to HR's questions."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Field, Fieldset, Layout
from django import forms
from django.urls import reverse
from django.utils.html import format_html

from mentoring.forms.refusals import RefusableForm
from mentoring.models import MAX_CAPACITY, Enrolment, EnrolmentQuestion, Person

CAPACITIES = ("mentor_capacity", "mentee_capacity")
WHO_READS = "HR reads these answers, with your name. Your partner does not, and the matching does not use them."

CHOICES = [(0, "None"), *((number, str(number)) for number in range(1, MAX_CAPACITY + 1))]


def _capacity(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=CHOICES, coerce=int, widget=forms.RadioSelect)


class EnrolmentForm(RefusableForm):
    mentor_capacity = _capacity("Pairs as a mentor, who shares a skill")
    mentee_capacity = _capacity("Pairs as a mentee, who learns a skill")

    def __init__(
        self, *args: Any, person: Person, enrolment: Enrolment | None = None,
        questions: Sequence[EnrolmentQuestion] = (), answers: dict[int, str] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.has_offers, self.has_wishes = person.offers.exists(), person.wishes.exists()
        now = (enrolment.mentor_capacity, enrolment.mentee_capacity) if enrolment else (
            int(self.has_offers), int(self.has_wishes)
        )  # fmt: skip
        initial: dict[str, object] = dict(zip(CAPACITIES, now, strict=True))
        initial |= {question.field: (answers or {}).get(question.pk, "") for question in questions}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.questions = questions
        self.fields |= {question.field: question_field(question) for question in questions}
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(*(Field(name, wrapper_class="choices--numbers") for name in CAPACITIES))
        if questions:
            words = HTML(format_html('<p class="soft">{}</p>', WHO_READS))
            self.helper.layout.append(Fieldset("Questions from HR", words, *(_drawn(each) for each in questions)))

    @property
    def said(self) -> dict[str, Any]:
        """As the actions take it."""
        answers = {question.pk: self.cleaned_data[question.field] for question in self.questions}
        return {**{name: self.cleaned_data[name] for name in CAPACITIES}, "answers": answers}

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


def question_field(question: EnrolmentQuestion) -> forms.Field:
    """The field that asks one of HR's questions."""
    field: forms.Field
    if question.kind == EnrolmentQuestion.Kind.TEXT:
        area = forms.Textarea(attrs={"rows": 3})
        field = forms.CharField(max_length=1000, required=question.is_required, widget=area)
    else:
        choices = [(answer, answer) for answer in question.allowed]
        attrs = {"class": "rating"} if question.kind == EnrolmentQuestion.Kind.SCALE else {}
        field = forms.ChoiceField(choices=choices, required=question.is_required, widget=forms.RadioSelect(attrs))
    field.label = question.text
    field.error_messages["required"] = "HR needs an answer to this."
    return field


def _drawn(question: EnrolmentQuestion) -> Field:
    is_scale = question.kind == EnrolmentQuestion.Kind.SCALE
    return Field(question.field, **({"wrapper_class": "choices--numbers"} if is_scale else {}))


def _missing(sentence: str) -> str:
    return format_html(
        '{} <a href="{}">Add one to your skills</a>, or choose “None” here.', sentence, reverse("inventory")
    )
