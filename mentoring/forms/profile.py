"""A person's profile, in parts that fit on a calm page each."""

import datetime as dt
from typing import Any, ClassVar

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone

from mentoring import languages, photos
from mentoring.forms.fields import OneLineField, SeenField, TimeZoneField
from mentoring.models import Channel, Person
from mentoring.models.person import PersonQuerySet

DAYS = ((1, "Monday"), (2, "Tuesday"), (3, "Wednesday"), (4, "Thursday"), (5, "Friday"), (6, "Saturday"), (7, "Sunday"))
PLACES = tuple(str(number) for number, _ in enumerate(Channel.values, 1))
EARLIEST = dt.date(1950, 1, 1)


class ProfilePart(forms.ModelForm):  # type: ignore[type-arg]
    """One part. It validates and says what to change; the action changes it."""

    seen = SeenField()
    layout: tuple[Any, ...]  # fields that stand beside each other are in a tuple

    class Meta:
        model = Person
        fields: ClassVar[list[str]] = []

    def __init__(self, data: QueryDict | None = None, *, instance: Person) -> None:
        super().__init__(data, instance=instance)
        self.fields["seen"].initial = instance.updated_at

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf = False, True
        helper.layout = Layout("seen", *(Row(*part) if isinstance(part, tuple) else part for part in self.layout))
        return helper

    @property
    def changes(self) -> dict[str, Any]:
        """Field → new value, for `actions.people.change_profile`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class AboutForm(ProfilePart):
    layout: tuple[Any, ...] = (("name", "pronouns"), "introduction")
    name = OneLineField(label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    pronouns = OneLineField(max_length=40, required=False, help_text="Such as she/her, he/him, they/them.")

    class Meta(ProfilePart.Meta):
        fields: ClassVar[list[str]] = ["name", "pronouns", "introduction"]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 4, "maxlength": 600})}
        help_texts = {"introduction": "What would you tell somebody over the first coffee?"}


class WorkForm(ProfilePart):
    layout: tuple[Any, ...] = ("job_title", ("department", "grade"), ("site", "joined_on"))
    job_title = OneLineField(label="Job title", max_length=120, required=False)

    class Meta(ProfilePart.Meta):
        fields: ClassVar[list[str]] = ["job_title", "department", "grade", "site", "joined_on"]
        widgets = {"joined_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        labels = {"joined_on": "Joined the company on"}
        help_texts = {"grade": "Where you stand in the company's scale. Pairs reach across it."}

    def clean_joined_on(self) -> dt.date | None:
        joined_on: dt.date | None = self.cleaned_data["joined_on"]
        if joined_on and joined_on < EARLIEST:
            raise ValidationError("This day is too long ago. Is the year right?")
        if joined_on and joined_on > timezone.localdate() + dt.timedelta(days=366):
            raise ValidationError("This day lies more than a year ahead. Is the year right?")
        return joined_on

    @property
    def changes(self) -> dict[str, Any]:
        """Whoever has chosen no time zone yet gets that of their site."""
        changes, site = super().changes, self.cleaned_data.get("site")
        if site is not None and self.instance.time_zone == Person._meta.get_field("time_zone").default:
            changes["time_zone"] = site.time_zone
        return changes


class StartForm(AboutForm, WorkForm):
    """Who you are: the first step of the onboarding."""

    layout: tuple[Any, ...] = (AboutForm.layout[0], *WorkForm.layout, "introduction")

    class Meta(ProfilePart.Meta):
        fields: ClassVar[list[str]] = [*AboutForm.Meta.fields, *WorkForm.Meta.fields]
        widgets = {**AboutForm.Meta.widgets, **WorkForm.Meta.widgets}
        labels = WorkForm.Meta.labels
        help_texts = {**AboutForm.Meta.help_texts, **WorkForm.Meta.help_texts}


class TimeForm(ProfilePart):
    layout: tuple[Any, ...] = (
        ("time_zone", "hours_a_month"),
        ("work_starts", "work_ends"),
        InlineCheckboxes("working_days"),
    )
    time_zone = TimeZoneField(label="Time zone", help_text="Type a city, or choose from the list.")
    working_days = forms.TypedMultipleChoiceField(
        label="Working days",
        choices=DAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one day."},
    )

    class Meta(ProfilePart.Meta):
        fields: ClassVar[list[str]] = ["time_zone", "work_starts", "work_ends", "working_days", "hours_a_month"]
        widgets = {
            "work_starts": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "work_ends": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "hours_a_month": forms.NumberInput(attrs={"min": 1, "max": 40}),
        }
        labels = {"hours_a_month": "Hours a month for mentoring"}
        help_texts = {"hours_a_month": "Most pairs meet for an hour a month, and prepare for another."}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("work_starts"), cleaned.get("work_ends")
        if starts and ends and ends <= starts:
            self.add_error("work_ends", "Working hours must end after they start.")
        return cleaned


class MeetForm(ProfilePart):
    layout: tuple[Any, ...] = (Field("languages", template="mentoring/_languages.html"), "open_to_quick_questions")
    languages = forms.MultipleChoiceField(
        label="Languages you can meet in",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one language."},
    )
    open_to_quick_questions = forms.BooleanField(
        label="Colleagues may ask me a quick question",
        required=False,
        help_text="One skill, one or two short meetings. You can always say no.",
    )

    class Meta(ProfilePart.Meta):
        fields: ClassVar[list[str]] = ["languages", "open_to_quick_questions"]

    def __init__(self, data: QueryDict | None = None, *, instance: Person) -> None:
        super().__init__(data, instance=instance)
        chosen = data.getlist("languages") if data is not None else instance.languages
        self.fields["languages"].choices = languages.choices(chosen)  # type: ignore[attr-defined]
        self.fields["languages"].shown_first = languages.shown_first(chosen)  # type: ignore[attr-defined]

    @property
    def channels(self) -> list[str]:
        """In the order that was posted; of two with the same place, the one that was ahead before stays ahead."""
        before = [*self.instance.channels, *(value for value in Channel.values if value not in self.instance.channels)]
        return sorted(before, key=self._place) if self.is_bound else before

    def _place(self, channel: str) -> int:
        place = self.data.get(f"channels_{channel}", "")
        return int(place) if place in PLACES else len(PLACES)

    @property
    def ranked(self) -> list[tuple[str, str]]:
        """For `components/ranking.html`."""
        return [(value, str(Channel(value).label)) for value in self.channels]

    @property
    def changes(self) -> dict[str, Any]:
        return {**super().changes, "channels": self.channels}


class MeetAndTimeForm(MeetForm, TimeForm):
    """How you like to meet: the last step of the onboarding."""

    layout: tuple[Any, ...] = (*TimeForm.layout, *MeetForm.layout)

    class Meta(ProfilePart.Meta):
        fields: ClassVar[list[str]] = [*MeetForm.Meta.fields, *TimeForm.Meta.fields]
        widgets, labels, help_texts = TimeForm.Meta.widgets, TimeForm.Meta.labels, TimeForm.Meta.help_texts


class HrForm(WorkForm):
    """What HR may correct on anybody's profile."""

    layout: tuple[Any, ...] = (("name", "employee_number"), *WorkForm.layout)

    name = OneLineField(label="Name", max_length=120)
    employee_number = OneLineField(
        label="Employee number",
        max_length=40,
        required=False,
        error_messages={"unique": "Somebody else has this number already."},
    )

    class Meta(ProfilePart.Meta):
        fields: ClassVar[list[str]] = ["name", "employee_number", *WorkForm.Meta.fields, "partner_until"]
        widgets = {
            **WorkForm.Meta.widgets,
            "partner_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {**WorkForm.Meta.labels, "partner_until": "Access ends on"}

    def __init__(self, data: QueryDict | None = None, *, instance: Person) -> None:
        super().__init__(data, instance=instance)
        if instance.kind == Person.Kind.PARTNER:
            self.fields["partner_until"].required = True
            self.layout = (*HrForm.layout, "partner_until")
        else:
            del self.fields["partner_until"]

    def clean_employee_number(self) -> str | None:
        """No number is no number, however many have none."""
        return self.cleaned_data["employee_number"] or None


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label="Photo",
        help_text="JPEG, PNG or WebP, up to 8 MB. We cut it square and keep nothing else of the file.",
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"required": "Choose a picture first.", "empty": "This file is empty. Choose another."},
    )

    def clean_photo(self) -> bytes:
        upload: UploadedFile[Any] = self.cleaned_data["photo"]
        return photos.square_webp(upload.file, size=upload.size or 0)  # type: ignore[arg-type]


class ManagerForm(forms.Form):
    manager = forms.ModelChoiceField(queryset=Person.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: PersonQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["manager"].queryset = people  # type: ignore[attr-defined]
