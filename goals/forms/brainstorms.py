"""A line of a brainstorm, and what becomes of a way."""

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict

from goals.actions.brainstorms import Plan
from goals.models import Brainstorm, Decision, Goal, Thought
from mentoring.forms.fields import OneLineField
from mentoring.forms.refusals import RefusableForm
from mentoring.models import Person

Kind = Decision.Kind


class ThoughtForm(RefusableForm):
    text = OneLineField(label="One line", max_length=300, error_messages={"required": "Write a line first."})

    def __init__(self, data: QueryDict | None = None, *, part: str, label: str = "One line") -> None:
        super().__init__(data, auto_id=f"id_{part}_%s")
        self.fields["text"].label = label


class GoalField(forms.ModelChoiceField):  # type: ignore[type-arg]
    person: Person

    def label_from_instance(self, obj: Any) -> str:
        return f"{'Mine' if obj.learner_id == self.person.pk else obj.learner.name}: {obj.title}"


class DecideForm(RefusableForm):
    kind = forms.ChoiceField(
        label="What becomes of it?", choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.STEP,
        error_messages={"required": "Choose one of these."},
    )  # fmt: skip
    owner = forms.ChoiceField(label="Whose is it?", required=False)
    goal = GoalField(label="Which goal?", queryset=Goal.objects.none(), required=False, empty_label="Choose a goal")
    text = OneLineField(
        label="In a few words", max_length=160, required=False,
        help_text="What you will do; for a goal, what it will say from then on.",
    )  # fmt: skip
    due_on = forms.DateField(
        label="By when?", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Choose a day from the calendar, or write it as 2026-06-30."},
    )  # fmt: skip

    def __init__(self, data: QueryDict | None, *, way: Thought, session: Brainstorm, person: Person) -> None:
        super().__init__(data, initial=_planned(way, person))
        self.people = {str(each.pk): each for each in (person, session.pair.partner_of(person))}
        owner, goal = self.fields["owner"], self.fields["goal"]
        assert isinstance(owner, forms.ChoiceField)
        assert isinstance(goal, GoalField)
        owner.choices = [(key, "Mine" if each == person else each.name) for key, each in self.people.items()]
        goal.person = person
        goal.queryset = session.pair.goals.filter(status=Goal.Status.OPEN).select_related("learner")
        self.fields["due_on"].widget.attrs["min"] = dt.datetime.now(tz=person.zone).date().isoformat()
        if not goal.queryset.exists():
            kind = self.fields["kind"]
            assert isinstance(kind, forms.ChoiceField)
            kind.choices = [choice for choice in Kind.choices if choice[0] in (Kind.STEP, Kind.NEW_GOAL)]
            del self.fields["goal"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") in (Kind.STEP, Kind.NEW_GOAL) and not data.get("owner"):
            self.add_error("owner", "Say whose it is.")
        return data

    @property
    def plan(self) -> Plan:
        """Only what the kind needs counts."""
        data = self.cleaned_data
        kind, person = data["kind"], next(iter(self.people.values()))
        is_new = kind in (Kind.STEP, Kind.NEW_GOAL)
        return Plan(
            kind=kind,
            owner=self.people[data["owner"]] if is_new else person,
            goal=None if is_new else data.get("goal"),
            text="" if kind == Kind.LET_GO else data["text"],
            due_on=None if kind == Kind.LET_GO else data["due_on"],
        )


def _planned(way: Thought, person: Person) -> dict[str, object]:
    """What was decided on it before, or the way itself as a next step of one's own."""
    before = way.decisions.first()
    if before is None:
        return {"kind": Kind.STEP, "owner": person.pk, "text": way.text[:160]}
    return {
        "kind": before.kind, "owner": before.owner_id, "goal": before.goal_id, "text": before.text,
        "due_on": before.due_on,
    }  # fmt: skip
