"""Forms of a goal, of where the learner stands, of a milestone."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from goals.actions.goals import FIELDS, FURTHEST, MOST_MILESTONES
from goals.models import Goal, Milestone
from mentoring.forms.fields import OneLineField
from mentoring.forms.refusals import RefusableForm
from mentoring.models import Pair, Person, Skill, SkillWish, WishLevel


class WishField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.skill.name)


class GoalForm(forms.ModelForm):  # type: ignore[type-arg]
    """What, why, how we know, by when; linked to a line of the learner's own list."""

    wish = WishField(
        label="Which skill is it about?", queryset=SkillWish.objects.none(), required=False,
        empty_label="None of my list",
    )  # fmt: skip
    title = OneLineField(label="What do you want to reach?", max_length=160)
    measure = OneLineField(
        label="How will we know?", max_length=300, required=False,
        help_text="Something that can be seen or counted, such as “one post a week, for two months”.",
    )  # fmt: skip

    class Meta:
        model = Goal
        fields = ("wish", "title", "why", "measure", "due_on")
        widgets = {
            "why": forms.Textarea(attrs={"rows": 3}),
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {"why": "Why does it matter to you?", "due_on": "By when?"}

    def __init__(self, data: QueryDict | None, *, person: Person, goal: Goal | None = None, **kwargs: Any) -> None:
        super().__init__(data, instance=goal, **kwargs)
        self.today = dt.datetime.now(tz=person.zone).date()
        wish = self.fields["wish"]
        assert isinstance(wish, forms.ModelChoiceField)
        wish.queryset = person.wishes.select_related("skill").order_by("skill__name")
        self.fields["due_on"].widget.attrs["min"] = self.today.isoformat()

    def clean_due_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["due_on"]
        if day and "due_on" in self.changed_data and day < self.today:
            raise ValidationError("Choose a day that is still to come.")
        if day and day > self.today + FURTHEST:
            raise ValidationError("Choose a day within the next three years.")
        return day

    @property
    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


def level_field(**kwargs: Any) -> forms.TypedChoiceField:
    choices = [("", "I cannot say"), *WishLevel.choices]
    return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None, required=False, **kwargs)


class NewGoalForm(GoalForm):
    level = level_field(label="Where are you with it today?")
    milestones = forms.CharField(
        label="First steps", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One on each line. You can add more later, and tick them off.",
    )  # fmt: skip

    def __init__(self, data: QueryDict | None, *, person: Person, pair: Pair, skill: Skill | None) -> None:
        wish = SkillWish.objects.filter(person=person, skill=skill).first() if skill else None
        super().__init__(data, person=person, initial={"wish": wish, "level": wish.present if wish else None})

    def clean_milestones(self) -> list[str]:
        titles = [" ".join(line.split()) for line in self.cleaned_data["milestones"].splitlines() if line.strip()]
        if any(len(title) > 160 for title in titles):
            raise ValidationError("Keep each step within 160 characters.")
        if len(titles) > MOST_MILESTONES:
            raise ValidationError(f"A goal has {MOST_MILESTONES} steps at most.")
        return titles


class ChangeGoalForm(GoalForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class RateForm(forms.Form):
    progress = forms.IntegerField(
        label="How far are you, in percent?", min_value=0, max_value=100,
        widget=forms.NumberInput(attrs={"type": "range", "min": 0, "max": 100, "step": 5}),
    )  # fmt: skip
    level = level_field(label="Where are you with the skill?")


class CloseForm(forms.Form):
    level = level_field(label="Where are you with the skill at the end?")


class EvidenceForm(RefusableForm):
    """What shows that the goal comes nearer."""

    text = OneLineField(label="What did you do?", max_length=300, error_messages={"required": "Say what you did."})
    link = forms.URLField(
        label="Where can it be seen?", max_length=300, required=False, assume_scheme="https",
        error_messages={"invalid": "Write a whole address, such as https://example.com/page."},
    )  # fmt: skip
    day = forms.DateField(
        label="When?", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Choose a day from the calendar, or write it as 2026-06-30."},
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="id_evidence_%s", initial={"day": timezone.localdate()})

    def clean_day(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["day"]
        if day is not None and not timezone.localdate() - FURTHEST <= day <= timezone.localdate():
            raise ValidationError("Choose a day that has come, within the last three years.")
        return day


class MilestoneForm(forms.Form):
    title = OneLineField(label="Another step", max_length=Milestone._meta.get_field("title").max_length)
