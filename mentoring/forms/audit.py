"""The search of the audit, read from the address."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from mentoring.models import AuditEntry, Person
from mentoring.models.audit import AuditQuerySet

MOST_PEOPLE = 200  # of one name; more of them say nothing about any of them
KINDS = (
    ("person", "A person"), ("programme", "A programme"), ("enrolment", "An enrolment"), ("pair", "A pair"),
    ("suggestion", "A suggestion"), ("matchingrun", "A matching run"), ("meeting", "A meeting"),
    ("agreement", "An agreement"), ("goal", "A goal"), ("checkin", "A check-in"), ("survey", "A survey"),
    ("skill", "A skill"), ("skilloffer", "A skill offer"), ("skillwish", "A skill wish"),
    ("invitation", "An invitation to join"), ("department", "A department"), ("site", "A site"), ("grade", "A grade"),
)  # fmt: skip


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _key() -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)


class AuditForm(forms.Form):
    who = forms.CharField(
        label="Who did it", required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"})
    )
    action = forms.ChoiceField(label="What", required=False)
    kind = forms.ChoiceField(label="On what", required=False, choices=[("", "Anything"), *KINDS])
    on = forms.CharField(
        label="Its name", required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"})
    )
    since, until = _day("From"), _day("To")
    by, key = _key(), _key()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", "Anything"), *AuditEntry.Action.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (first := data.get("since")) and (last := data.get("until")) and last < first:
            self.add_error("until", "This day must not lie before the first.")
        return data

    def people(self) -> list[int]:
        """The keys of those whose doings are sought; empty where nobody in particular is."""
        if self.cleaned_data["by"]:
            return [self.cleaned_data["by"]]
        words = self.cleaned_data["who"].strip()
        return list(Person.objects.named(words).values_list("pk", flat=True)[:MOST_PEOPLE]) if words else []

    def matching(self, rows: AuditQuerySet) -> AuditQuerySet:
        """Those that fit what was chosen."""
        data = self.cleaned_data
        if data["by"] or data["who"].strip():
            rows = rows.filter(by__in=self.people())
        chosen = {"action": data["action"], "object_type": data["kind"], "object_id": data["key"]}
        rows = rows.filter(Q(**{name: value for name, value in chosen.items() if value}))
        until = data["until"] + dt.timedelta(days=1) if data["until"] else None
        return rows.on(data["on"]).between(_midnight(data["since"]), _midnight(until))


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time(), tzinfo=timezone.get_current_timezone()) if day else None
