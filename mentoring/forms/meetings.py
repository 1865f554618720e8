"""Planning a meeting, logging it, its notes."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentoring.actions.meetings import FURTHEST_AHEAD, LONGEST_HELD, Plan, Report
from mentoring.channels import shared
from mentoring.clock import ClockError, moment, place_of
from mentoring.forms.fields import OneLineField, SeenField
from mentoring.forms.refusals import RefusableForm
from mentoring.models import Channel, Meeting, Pair, Person


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d"],
            **kwargs,
        )


class ClockField(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            input_formats=["%H:%M", "%H:%M:%S"],
            **kwargs,
        )


class MomentForm(RefusableForm):
    """A day and a time on one person's clock, which together are one moment."""

    FIELD_OF: ClassVar[dict[str, str]] = {"starts_at": "clock", "ends_at": "minutes"}

    day = DayField(label="Day")
    clock = ClockField(label="Time")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["clock"].label = f"Time in {place_of(person.zone)}"

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day > timezone.localdate() + FURTHEST_AHEAD:
            raise ValidationError("That is more than a year ahead. Choose an earlier day.")
        if day < timezone.localdate() - FURTHEST_AHEAD:
            raise ValidationError("That is more than a year ago. Choose a later day.")
        return day

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "day" in self.cleaned_data and "clock" in self.cleaned_data:
            try:
                self.cleaned_data["starts_at"] = moment(
                    self.cleaned_data["day"], self.cleaned_data["clock"], self.person.zone
                )
            except ClockError as change:
                self.add_error("clock", str(change))
        return self.cleaned_data


class PlanForm(MomentForm):
    minutes = forms.TypedChoiceField(label="Length", coerce=int)
    channel = forms.ChoiceField(label="How", choices=Channel.choices)
    place = OneLineField(
        label="Where", max_length=300, required=False,
        widget=forms.TextInput(attrs={"placeholder": "A room, a link, a number to call"}),
    )  # fmt: skip
    topic = OneLineField(label="What about", max_length=200, required=False)
    agenda = forms.CharField(
        label="Agenda", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Goes into both calendars.",
    )  # fmt: skip

    def __init__(self, *args: Any, pair: Pair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shortest, longest = pair.meeting_minutes
        lengths = sorted({*range(shortest, longest, 5), longest})
        minutes = self.fields["minutes"]
        assert isinstance(minutes, forms.TypedChoiceField)
        minutes.choices = [(length, f"{length} minutes") for length in lengths]
        partner = pair.partner_of(self.person)
        same_site = self.person.site_id == partner.site_id
        liked = shared(self.person.channels, partner.channels, same_site=same_site)
        if liked:
            self.fields["channel"].initial = liked[0]

    def leave_agenda_to(self, junior: Person) -> None:
        """The senior moves a meeting without changing its agenda."""
        agenda = self.fields["agenda"]
        agenda.disabled = True
        agenda.help_text = f"{junior.name} sets it. You can add a point on the page of the meeting."

    @property
    def plan(self) -> Plan:
        data = self.cleaned_data
        return Plan(
            starts_at=data["starts_at"],
            ends_at=data["starts_at"] + dt.timedelta(minutes=data["minutes"]),
            channel=data["channel"],
            place=data["place"],
            topic=data["topic"],
            agenda=data["agenda"],
        )


class AgendaForm(RefusableForm):
    text = forms.CharField(
        label="Agenda", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 10}),
        help_text="What for, what you will try, what to bring. Goes into both calendars.",
    )  # fmt: skip


class PointForm(RefusableForm):
    text = OneLineField(
        label="A point of yours", max_length=200, error_messages={"required": "Write your point first."}
    )


def plan_of(meeting: Meeting, person: Person) -> dict[str, Any]:
    """What the form of a planned meeting shows at first."""
    here = meeting.starts_at.astimezone(person.zone)
    return {
        "day": here.date(),
        "clock": here.time(),
        "minutes": meeting.minutes,
        "channel": meeting.channel,
        "place": meeting.place,
        "topic": meeting.topic,
        "agenda": meeting.agenda,
    }


class CancelForm(RefusableForm):
    word = forms.CharField(
        label="A word to your partner", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Goes into the message that they get.",
    )  # fmt: skip


SHARED_NOTES = {
    "label": "Notes for both of you",
    "max_length": 4000,
    "required": False,
    "help_text": "What you did, what you agreed, who does what by when. Both of you can read and change them.",
}
PRIVATE_NOTE = {
    "label": "Private notes",
    "max_length": 4000,
    "required": False,
    "help_text": "For you alone: stored encrypted, shown to nobody else, HR included.",
}


class HeldForm(RefusableForm):
    """What there is to say of a meeting that took place."""

    minutes = forms.IntegerField(
        label="How long it took, in minutes", min_value=5, max_value=LONGEST_HELD,
        error_messages={"invalid": "Write a number of minutes, such as 45.", "required": "Say how long it took."},
    )  # fmt: skip
    topic = OneLineField(label="What about", max_length=200, required=False)
    shared_notes = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), **SHARED_NOTES)  # type: ignore[arg-type]
    private_note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **PRIVATE_NOTE)  # type: ignore[arg-type]


class LogForm(HeldForm):
    """Of a planned one: whether it took place; and if not, why."""

    took_place = forms.TypedChoiceField(
        label="Did it take place?", choices=[("yes", "Yes, we met"), ("no", "No, it did not work out")],
        coerce=lambda value: value == "yes", widget=forms.RadioSelect, initial="yes",
    )  # fmt: skip
    because = forms.ChoiceField(
        label="What came in between?", choices=Meeting.Because.choices, widget=forms.RadioSelect,
        help_text="Nobody is blamed; it helps to see where meetings get lost.",
        error_messages={"required": "Choose what came in between."},
    )  # fmt: skip
    use_required_attribute = False  # half of the fields are out of sight, whichever the answer
    field_order = ("took_place", "because", "minutes", "topic", "shared_notes", "private_note")

    def clean(self) -> dict[str, Any]:
        """What belongs to the other answer does not count."""
        super().clean()
        took_place = self.cleaned_data.get("took_place")
        if took_place is not None:
            self.errors.pop("because" if took_place else "minutes", None)
        return self.cleaned_data

    @property
    def report(self) -> Report:
        data = self.cleaned_data
        if data["took_place"]:
            return Report(
                took_place=True,
                minutes=data["minutes"],
                topic=data["topic"],
                shared_notes=data["shared_notes"],
                private_note=data["private_note"],
            )
        return Report(took_place=False, because=data["because"], topic=data["topic"], private_note=data["private_note"])


class RecordForm(HeldForm, MomentForm):
    """Of one that was not planned here: when it was, too."""

    channel = forms.ChoiceField(label="How", choices=Channel.choices, initial=Channel.VIDEO)
    field_order = ("day", "clock", "minutes", "channel", "topic", "shared_notes", "private_note")

    @property
    def report(self) -> Report:
        data = self.cleaned_data
        return Report(
            took_place=True,
            minutes=data["minutes"],
            topic=data["topic"],
            shared_notes=data["shared_notes"],
            private_note=data["private_note"],
        )


class MeetingNotesForm(RefusableForm):
    FIELD_OF: ClassVar[dict[str, str]] = {"text": "private_note"}

    shared_notes = forms.CharField(widget=forms.Textarea(attrs={"rows": 8}), **SHARED_NOTES)  # type: ignore[arg-type]
    private_note = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), **PRIVATE_NOTE)  # type: ignore[arg-type]


class NoteForm(RefusableForm):
    seen = SeenField()
    text = forms.CharField(
        label="Private note", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="For you alone: stored encrypted, shown to nobody else, HR included.",
        error_messages={"required": "Write a few words, or go back without saving."},
    )  # fmt: skip
