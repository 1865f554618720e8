"""The forms in which HR designs a programme, a step each: every choice has a good default and says what it does."""

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout, LayoutObject, Row
from django import forms

from mentoring.forms.fields import OneLineField
from mentoring.forms.refusals import Refusable
from mentoring.models import Department, Grade, Programme, Site

FIRST_YEAR, LAST_YEAR = 2020, 2100
DATES = ("enrol_from", "enrol_until", "starts_on", "ends_on")
WEIGHTS = (
    "weight_skill_fit", "weight_exchange", "weight_grade_gap", "weight_bridge", "weight_channels", "weight_overlap",
    "weight_waiting",
)  # fmt: skip
MOST_NAMED = 20_000  # in one go; the list may grow beyond it
LABELS = {
    "name": "Name",
    "purpose": "Purpose",
    "audience": "Who may join?",
    "departments": "Departments",
    "grades": "Grades",
    "sites": "Sites",
    "starts_on": "The programme starts on",
    "ends_on": "The programme ends on",
    "enrol_from": "Enrolment opens on",
    "enrol_until": "Enrolment closes on",
    "meetings_planned": "Meetings of each pair",
    "meeting_minutes_from": "Shortest meeting, in minutes",
    "meeting_minutes_to": "Longest meeting, in minutes",
    "check_in_every_days": "Days between check-ins",
    "answer_within_days": "Days to answer an invitation",
    "has_introduction": "An introduction before the commitment",
    "introduction_days": "Days to begin a pair",
    "slow_days_without_meeting": "Days without a meeting",
    "slow_days_overdue": "Days that a goal may be past its date",
    "slow_low_answers": "Low answers in a row",
    "slow_low_at": "An answer is low up to",
    "slow_help_after_days": "Days until a brainstorm should have helped",
    "apply_grade_gap": "The mentor stands below the mentee",
    "min_grade_gap": "By at least this many grades",
    "no_reporting_line": "Never pair people of one reporting line",
    "reporting_line_levels": "Levels of a reporting line that count",
    "shared_language": "They must share a language",
    "min_overlap_hours": "Hours of working time in common, a day",
    "min_offer_level": "Least level of an offer",
    "guide": "Guide for participants",
    "worst_off_first": "Put the worst-off first",
    "weight_skill_fit": "Skill fit",
    "weight_exchange": "Mutual exchange",
    "weight_grade_gap": "Distance in grade",
    "weight_bridge": "Bridging departments and sites",
    "weight_channels": "Ways to meet",
    "weight_overlap": "Hours in common",
    "weight_waiting": "Having waited",
}
HELPS = {
    "name": "As people will see it, for example “Reverse mentoring 2027”.",
    "purpose": "Two or three sentences on what it is for. They stand on the programme's page and in its announcement.",
    "audience": "Whoever may not join does not see the programme, and is not told of it.",
    "departments": "Tick none to leave departments out of it.",
    "grades": "Tick none to leave grades out of it.",
    "sites": "Tick none to leave sites out of it.",
    "starts_on": "The first day on which pairs meet.",
    "ends_on": "The last. Six months suit most pairs.",
    "enrol_from": "From this day on people can say yes.",
    "enrol_until": "The last day to join. It may lie after the start.",
    "meetings_planned": "As a guide: pairs may meet more or less often.",
    "meeting_minutes_from": "A suggestion to the pair.",
    "meeting_minutes_to": "This says how much time a pair takes.",
    "check_in_every_days": "Each is asked in private whether it goes well.",
    "answer_within_days": "Then an unanswered invitation ends.",
    "has_introduction": "Both meet for half an hour, then each says privately whether to go on. One “not this one” is "
    "enough, and nobody learns whose it was.",
    "introduction_days": "To read the briefing and to have the introduction; then a beginning ends.",
    "slow_days_without_meeting": "And none planned.",
    "slow_days_overdue": "Pairs see this themselves.",
    "slow_low_answers": "At least two: a single private answer must not show.",
    "slow_low_at": "Of the five answers to “How is the progress on your goals?”.",
    "slow_help_after_days": "If nothing both can see has changed by then, HR is told of the pair.",
    "apply_grade_gap": "Switch it off to let anybody learn from anybody.",
    "min_grade_gap": "1 lets neighbours meet; 3 and more brings newcomers to the top.",
    "no_reporting_line": "Two people who ask for each other can still be allowed by HR.",
    "reporting_line_levels": "1 keeps apart a manager and their own team only; 10 the whole line up and down.",
    "shared_language": "At least one language in both profiles.",
    "min_overlap_hours": "0 lets people meet whose hours never do.",
    "min_offer_level": "From 1, knows the basics, to 5, could teach a class.",
    "guide": "What participants should know. Markdown: ## for a heading, * for a list, **for bold**.",
    "worst_off_first": "Of the plans that place the most people, one whose weakest pair is as strong as can be; the "
    "highest total comes after it.",
    "weight_skill_fit": "How well an offer meets a wish, dearest wishes first.",
    "weight_exchange": "Whether something comes back: each offers what the other wants.",
    "weight_grade_gap": "How far apart the two stand in grade.",
    "weight_bridge": "Whether they come from different departments and sites.",
    "weight_channels": "Whether both like to meet in the same way.",
    "weight_overlap": "How many working hours they have in common.",
    "weight_waiting": "Whether a person was left out by earlier runs.",
}


class StepForm(Refusable, forms.ModelForm):  # type: ignore[type-arg]
    """One step of the design."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label, field.help_text = LABELS.get(name, field.label), HELPS.get(name, field.help_text)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(*self.drawn())

    def drawn(self) -> list[str | LayoutObject]:
        return list(self.fields)

    @property
    def chosen(self) -> dict[str, Any]:
        """As the action takes it."""
        return self.cleaned_data


class PurposeForm(StepForm):
    name = OneLineField(
        max_length=120, error_messages={"unique": "There is a programme of this name already. Choose another."}
    )

    class Meta:
        model = Programme
        fields = ("name", "purpose")
        widgets = {"purpose": forms.Textarea(attrs={"rows": 4})}


def _keys_of(model: type[Department | Grade | Site]) -> forms.TypedMultipleChoiceField:
    def choices() -> list[tuple[int, str]]:
        return list(model._default_manager.values_list("pk", "name"))

    return forms.TypedMultipleChoiceField(
        choices=choices, coerce=int, required=False, empty_value=[],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"}),
    )  # fmt: skip


class PeopleForm(StepForm):
    """Who may join. The people who are named besides stand in rows of their own."""

    departments, grades, sites = _keys_of(Department), _keys_of(Grade), _keys_of(Site)
    named = forms.CharField(
        label="Name people", required=False, strip=True,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text="E-mail addresses or employee numbers, one on each line. They may join besides those who fit above.",
    )  # fmt: skip

    class Meta:
        model = Programme
        fields = ("audience", "departments", "grades", "sites")
        widgets = {"audience": forms.RadioSelect}

    def drawn(self) -> list[str | LayoutObject]:
        words = (
            '<p class="soft">A person must fit each of the three in which something is ticked: Sales and Finance with '
            "grade 1 ticked means grade 1 in Sales or in Finance.</p>"
        )
        return [
            "audience",
            Fieldset("Chosen people", HTML(words), "departments", "grades", "sites", "named", css_class="chosen"),
        ]

    def clean_named(self) -> list[str]:
        words = self.cleaned_data["named"].replace(",", "\n").replace(";", "\n").splitlines()
        lines = list(dict.fromkeys(line.strip() for line in words if line.strip()))
        if len(lines) > MOST_NAMED:
            raise forms.ValidationError(f"These are {len(lines)} lines. Add at most {MOST_NAMED} at a time.")
        return lines

    def clean(self) -> dict[str, Any]:
        """Who chooses “chosen” has to choose."""
        data = super().clean() or {}
        chosen = any(data.get(name) for name in ("departments", "grades", "sites", "named")) or "named" in self.errors
        if data.get("audience") == "chosen" and not chosen and not self.instance.invitees.exists():
            self.add_error("audience", "Then tick departments, grades or sites, or name people: nobody is chosen yet.")
        return data

    @property
    def chosen(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "named"}


class DatesForm(StepForm):
    class Meta:
        model = Programme
        fields = DATES
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in DATES}

    def drawn(self) -> list[str | LayoutObject]:
        return [Row("enrol_from", "enrol_until"), Row("starts_on", "ends_on")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in DATES:
            if (day := data.get(name)) and not FIRST_YEAR <= day.year <= LAST_YEAR:
                self.add_error(name, f"Choose a year from {FIRST_YEAR} to {LAST_YEAR}.")
        starts, ends, opens, closes = (self.cleaned_data.get(n) for n in ("starts_on", "ends_on", *DATES[:2]))
        if starts and ends and ends <= starts:
            self.add_error("ends_on", "The programme must end after it starts.")
        if opens and closes and closes < opens:
            self.add_error("enrol_until", "Enrolment must close on or after the day it opens.")
        elif closes and self.cleaned_data.get("ends_on") and closes > ends:
            self.add_error("enrol_until", "Enrolment must close before the programme ends.")
        return data


class RhythmForm(StepForm):
    class Meta:
        model = Programme
        fields = (
            "meetings_planned", "meeting_minutes_from", "meeting_minutes_to", "check_in_every_days",
            "answer_within_days",
            "has_introduction",
            "introduction_days", "slow_days_without_meeting", "slow_days_overdue", "slow_low_answers", "slow_low_at",
            "slow_help_after_days",
        )  # fmt: skip

    def drawn(self) -> list[str | LayoutObject]:
        meetings = Row("meetings_planned", "meeting_minutes_from", "meeting_minutes_to")
        return [
            meetings, Row("check_in_every_days", "answer_within_days"), "has_introduction", "introduction_days",
            Fieldset(
                "When progress is slow",
                HTML(
                    '<p class="soft">Then an hour for new ways opens for the pair. It also opens once for each pair on '
                    "a day drawn by lot, which low answers bring forward: so nobody can tell from it what somebody "
                    "answered.</p>"
                ),
                Row("slow_days_without_meeting", "slow_days_overdue"), Row("slow_low_answers", "slow_low_at"),
                "slow_help_after_days",
            ),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        shortest, longest = data.get("meeting_minutes_from"), data.get("meeting_minutes_to")
        if shortest and longest and longest < shortest:
            self.add_error("meeting_minutes_to", "The longest meeting cannot be shorter than the shortest.")
        return data


class RulesForm(StepForm):
    class Meta:
        model = Programme
        fields = (
            "apply_grade_gap", "min_grade_gap", "no_reporting_line", "reporting_line_levels", "shared_language",
            "min_overlap_hours", "min_offer_level", *WEIGHTS, "worst_off_first",
        )  # fmt: skip
        widgets = {name: forms.NumberInput(attrs={"type": "range", "min": 0, "max": 10}) for name in WEIGHTS}

    def drawn(self) -> list[str | LayoutObject]:
        return [
            Fieldset(
                "Rules: who may be paired",
                HTML('<p class="soft">No pair that breaks a rule is suggested. Fewer rules place more people.</p>'),
                "apply_grade_gap", "min_grade_gap", "no_reporting_line", "reporting_line_levels", "shared_language",
                Row("min_overlap_hours", "min_offer_level"),
            ),
            Fieldset(
                "Weights: what makes a good pair",
                HTML(
                    '<p class="soft">First as many people as possible get a pair. Among the ways to do that, these '
                    "weights choose the best. 0 leaves a point out, 10 lets it count most.</p>"
                ),
                Row(*WEIGHTS[:2]), Row(*WEIGHTS[2:4]), Row(*WEIGHTS[4:6]), WEIGHTS[6], "worst_off_first",
            ),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(name, 1) for name in WEIGHTS):
            self.add_error(WEIGHTS[0], "Give at least one of these a weight: without any, all pairs are as good.")
        return data


class GuideForm(StepForm):
    class Meta:
        model = Programme
        fields = ("guide",)
        widgets = {"guide": forms.Textarea(attrs={"rows": 18})}


def good_dates(today: dt.date) -> dict[str, dt.date]:
    """Two weeks to join from today, then half a year from the Monday after."""
    closes = today + dt.timedelta(days=14)
    starts = closes + dt.timedelta(days=7 - closes.weekday())
    return {"enrol_from": today, "enrol_until": closes, "starts_on": starts, "ends_on": starts + dt.timedelta(days=182)}


class LaunchForm(forms.Form):
    announce = forms.BooleanField(
        label="Tell everybody who may join", required=False, initial=True,
        help_text="One message to each colleague who is not enrolled yet, from the day on that enrolment opens. "
        "Without it, people find the programme in their list.",
    )  # fmt: skip
