"""Forms of matching."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from matching.models import BulkDecision, Comment, SavedView, Suggestion
from mentoring.forms.programmes import RulesForm
from mentoring.models import Person, Programme, Role, Skill, SkillOffer


class RequestForm(forms.Form):
    """Asking somebody for a pair. Which of the two shares follows from the skill that is chosen."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(), help_text="Programmes that run and that you are enrolled in.", empty_label=None
    )
    what = forms.ChoiceField(label="What is it about?")
    message = forms.CharField(
        label="A line to them",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why them, and what for. Nobody but the two of you reads it.",
    )

    def __init__(self, *args: Any, by: Person, other: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.other = by, other
        programmes = self.fields["programme"]
        assert isinstance(programmes, forms.ModelChoiceField)
        programmes.queryset = Programme.objects.filter(
            status=Programme.Status.LAUNCHED, enrolments__person=by, enrolments__status="enrolled"
        )
        self.has_programmes = programmes.queryset.exists()
        skills = self._skills()
        self.has_skills = bool(skills)
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = [("", "Choose a skill"), *skills]

    def _skills(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What the other could share, then what the one who asks could; the best known first."""
        offers = SkillOffer.objects.filter(person__in=[self.by, self.other], skill__status=Skill.Status.ACCEPTED)
        theirs: list[tuple[str, str]] = []
        mine: list[tuple[str, str]] = []
        for offer in offers.select_related("skill"):
            words = f"{offer.skill}: {offer.get_level_display()}"
            if offer.person_id == self.other.pk:
                theirs.append((f"{Role.MENTEE}:{offer.skill_id}", words))
            else:
                mine.append((f"{Role.MENTOR}:{offer.skill_id}", words))
        groups = [
            (f"I would like to learn from {self.other}", theirs),
            (f"I would like to share with {self.other}", mine),
        ]
        return [group for group in groups if group[1]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if what := data.get("what"):
            role, _, skill = what.partition(":")
            data["mentor"] = self.by if role == Role.MENTOR else self.other
            data["skill"] = Skill.objects.filter(pk=skill).first()
            if data["skill"] is None:
                raise ValidationError({"what": "This skill is not in the list any more. Choose another one."})
        return data


class ReasonForm(forms.Form):
    """Why HR decides against a suggestion. For HR alone."""

    because = forms.CharField(
        label="Why not?",
        max_length=Suggestion._meta.get_field("rejected_because").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class BulkForm(forms.Form):
    """A decision on many suggestions, as HR read them in the summary."""

    decision = forms.ChoiceField(choices=BulkDecision.Decision.choices, widget=forms.HiddenInput)
    ids = forms.CharField(widget=forms.HiddenInput)
    because = forms.CharField(
        label="Why not?",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For HR alone; encrypted, and never shown to the people in them.",
    )

    def clean_ids(self) -> list[int]:
        ids = str(self.cleaned_data["ids"]).split(",")
        if not all(pk.isdecimal() for pk in ids):
            raise ValidationError("These are not suggestions.")
        return [int(pk) for pk in ids]


class SaveViewForm(forms.ModelForm):  # type: ignore[type-arg]
    """The filter that stands in the address, under a name."""

    class Meta:
        model = SavedView
        fields = ["name", "query"]
        widgets = {"query": forms.HiddenInput}
        labels = {"name": "Keep this view as"}


class CommentForm(forms.Form):
    """A word to the others in HR."""

    text = forms.CharField(
        label="A word to the others in HR",
        max_length=Comment._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Encrypted, and read by HR alone; never by the two, and by nobody in HR who is one of them.",
        error_messages={"required": "Write some words first."},
    )


class SwapForm(forms.Form):
    """Whom HR keeps, whom it chooses instead of the other, and what that takes the place of, as the page said."""

    keep = forms.ChoiceField(choices=Role.choices)
    partner = forms.ModelChoiceField(Person.objects.here())
    instead_of = forms.IntegerField(required=False)


class WhatIfForm(RulesForm):
    """Other rules and weights for a programme, to be tried and never saved."""

    @staticmethod
    def was_sent(data: Mapping[str, Any]) -> bool:
        return "weight_skill_fit" in data

    def _get_validation_exclusions(self) -> set[str]:
        """What the form does not ask for was right before."""
        return {field.name for field in Programme._meta.fields} - set(self.fields)
