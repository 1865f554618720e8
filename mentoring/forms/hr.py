"""HR's forms: inviting people, departments, sites and grades, and the review of proposed skills."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentoring.forms.fields import OneLineField, TimeZoneField
from mentoring.models import Department, Grade, Person, Programme, Site, Skill, SkillCategory

MOST_ADDRESSES = 500


class InviteForm(forms.Form):
    emails = forms.CharField(
        label="E-mail addresses",
        help_text="One on each line, as many as you like.",
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Write at least one address."},
    )
    kind = forms.ChoiceField(
        label="Who are they?", choices=Person.Kind.choices, initial=Person.Kind.EMPLOYEE, widget=forms.RadioSelect
    )
    partner_until = forms.DateField(
        label="Partners come in until",
        required=False,
        help_text="The last day of a partner from outside. Employees need none.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    programme = forms.ModelChoiceField(
        label="Partners take part in",
        queryset=Programme.objects.exclude(status=Programme.Status.CLOSED).order_by("-starts_on", "name"),
        required=False,
        empty_label="Choose a programme",
        help_text="The programme for which you approve them. They see nothing of the company but it and their pair.",
    )

    def clean_emails(self) -> list[str]:
        """Each line once, in the order in which they were typed."""
        words = self.cleaned_data["emails"].replace(",", "\n").replace(";", "\n").splitlines()
        lines = list(dict.fromkeys(line.strip() for line in words if line.strip()))
        if not lines:
            raise ValidationError("Write at least one address.")
        if len(lines) > MOST_ADDRESSES:
            raise ValidationError(f"These are {len(lines)} addresses. Invite at most {MOST_ADDRESSES} at a time.")
        return lines

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Person.Kind.PARTNER and not cleaned.get("programme"):
            self.add_error("programme", "Say in which programme the partners take part.")
        if cleaned.get("kind") != Person.Kind.PARTNER or self.errors.get("partner_until"):
            return cleaned
        until: dt.date | None = cleaned.get("partner_until")
        if until is None:
            self.add_error("partner_until", "Say until when the partners may come in.")
        elif until <= timezone.localdate():
            self.add_error("partner_until", "This day must lie ahead.")
        return cleaned


class PartnerForm(forms.Form):
    """One more programme for a partner from outside who is here."""

    programme = forms.ModelChoiceField(
        label="Programme", queryset=Programme.objects.none(), empty_label="Choose a programme",
        help_text="They see nothing of the company but it and their pair, and join only if they want to.",
        error_messages={
            "required": "Choose a programme.",
            "invalid_choice": "They may join this one already, or nobody can join it any more. Choose another.",
        },
    )  # fmt: skip
    partner_until = forms.DateField(
        label="Access ends on",
        help_text="The last day on which they may come in, for all their programmes.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, partner: Person, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"partner_until": partner.partner_until}, **kwargs})
        open_ones = Programme.objects.filter(status=Programme.Status.LAUNCHED, enrol_until__gte=timezone.localdate())
        others = open_ones.exclude(pk__in=partner.invited_to.values("programme"))
        self.fields["programme"].queryset = others.order_by("-starts_on", "name")  # type: ignore[attr-defined]


class PartForm(forms.ModelForm):  # type: ignore[type-arg]
    """A department, a site or a grade: of each name there is one."""

    name = OneLineField(label="Name", max_length=80)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self._meta.model.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(f"There is already a {self._meta.model._meta.verbose_name} of this name.")
        return name


class DepartmentForm(PartForm):
    class Meta:
        model = Department
        fields: ClassVar[list[str]] = ["name"]


class SiteForm(PartForm):
    time_zone = TimeZoneField(label="Time zone", help_text="Type a city, or choose from the list.")

    class Meta:
        model = Site
        fields: ClassVar[list[str]] = ["name", "time_zone"]


class GradeForm(PartForm):
    level = forms.IntegerField(
        label="Level",
        min_value=1,
        max_value=1000,
        help_text="A number for the order; a higher one is more senior.",
        error_messages={"unique": "There is already a grade at this level. Choose another number."},
    )

    class Meta:
        model = Grade
        fields: ClassVar[list[str]] = ["name", "level"]


class AcceptSkillForm(forms.Form):
    name = OneLineField(label="Name", max_length=80)
    category = forms.ModelChoiceField(queryset=SkillCategory.objects.all())
    description = OneLineField(label="What it is, in one sentence", max_length=240, required=False)

    @classmethod
    def of(cls, skill: Skill) -> "AcceptSkillForm":
        return cls(initial={"name": skill.name, "category": skill.category, "description": skill.description})


class MergeSkillForm(forms.Form):
    into = forms.ModelChoiceField(
        queryset=Skill.objects.accepted(),
        error_messages={"required": "Choose a skill to merge into.", "invalid_choice": "Choose a skill in the list."},
    )


class DeclineSkillForm(forms.Form):
    because = OneLineField(
        label="Why",
        max_length=300,
        required=False,
        help_text="Whoever proposed it reads this. One kind sentence helps.",
    )
