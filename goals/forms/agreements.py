"""The form of an agreement, in which both write."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout, Row
from django import forms
from django.db.models import Q
from django.http import QueryDict

from goals.agreement_words import FIELDS, SKILLS, Content, answers_of, content_from, content_of, questions
from goals.models import Agreement, AgreementVersion
from mentoring.models import Pair, Person, Skill

HELP = {
    "mentor_shares": "From what {mentor} offers and {mentee} wants to learn.",
    "mentee_shares": "From what {mentee} offers and {mentor} wants to learn.",
    "confidentiality": "For example: what we say stays between us, unless someone would come to harm.",
    "off_limits": "Topics that you leave out, such as colleagues, pay, or running decisions.",
    "ending": "For example: either of us may say “this is enough for me”, without giving reasons.",
}
WORDS = ("mentor_wants", "mentee_wants", "confidentiality", "off_limits", "ending")


class SkillsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Skills of both inventories; each says whether it is wished for."""

    def __init__(self, wished: set[int], learner: Person, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple, **kwargs)
        self.wished, self.learner = wished, learner

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} (on {self.learner.name}’s list)" if obj.pk in self.wished else str(obj.name)


class AgreementForm(forms.ModelForm):  # type: ignore[type-arg]
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = Agreement
        fields = FIELDS
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in WORDS}

    def __init__(self, data: QueryDict | None = None, *, agreement: Agreement) -> None:
        self.pair: Pair = agreement.pair
        super().__init__(data, instance=agreement, initial={"version": agreement.version})
        mentor, mentee = self.pair.people
        names = {"mentor": mentor.name, "mentee": mentee.name}
        self.fields["mentor_shares"] = self._skills("mentor_shares", giver=mentor, learner=mentee)
        self.fields["mentee_shares"] = self._skills("mentee_shares", giver=mentee, learner=mentor)
        for name, question in questions(self.pair).items():
            self.fields[name].label = question
            self.fields[name].help_text = HELP.get(name, "").format(**names)
        self.fields["every_weeks"].label, self.fields["minutes"].label = "Weeks from one meeting to the next", "Minutes"
        self.fields["reply_within_days"].label = "Days to reply to each other"
        self._bound("every_weeks", 1, 26)
        self._bound("minutes", 10, 240)
        self._bound("reply_within_days", 1, 30)
        invites = self.fields["invites"]
        assert isinstance(invites, forms.ChoiceField)
        invites.choices = [("mentor", mentor.name), ("mentee", mentee.name), ("turns", "We take turns")]
        self.helper = _layout()

    def _skills(self, name: str, *, giver: Person, learner: Person) -> SkillsField:
        wished = set(learner.wishes.values_list("skill", flat=True))
        chosen = {skill.pk for skill in getattr(self.instance, name).all()}
        agreed = {self.pair.skill_id if name == "mentor_shares" else self.pair.return_skill_id} - {None}
        known = Q(offers__person=giver) | Q(pk__in=wished | chosen | agreed)
        skills = Skill.objects.filter(known, Q(status=Skill.Status.ACCEPTED) | Q(pk__in=chosen | agreed)).distinct()
        return SkillsField(wished, learner, queryset=skills)

    def _bound(self, name: str, least: int, most: int) -> None:
        """The database holds these limits; here they are said at the field."""
        old = self.fields[name]
        self.fields[name] = forms.IntegerField(
            label=old.label, help_text=old.help_text, initial=old.initial, min_value=least, max_value=most
        )

    @property
    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


def _layout() -> FormHelper:
    helper = FormHelper()
    helper.form_tag, helper.disable_csrf = False, True
    helper.layout = Layout(
        Fieldset("What we want out of it", "mentor_wants", "mentee_wants"),
        Fieldset("What we learn from each other", *(Field(name, wrapper_class="choices--beside") for name in SKILLS)),
        Fieldset(
            "When and how",
            Row("channel", "place"), Row("every_weeks", "minutes"), Row("invites", "reply_within_days"),
        ),
        Fieldset("What we can rely on", "confidentiality", "off_limits", "ending"),
        Field("version"),
    )  # fmt: skip
    return helper


def merged_form(form: AgreementForm, agreement: Agreement) -> AgreementForm:
    """What was typed over an old version, brought together with the one that stands there by now.

    A question that only the partner changed takes their answer; one that both changed keeps what was typed, and says
    at the field what the partner wrote. Nothing is lost; saving it once more saves it over the present version.
    """
    base = _answered(_base(agreement, form.cleaned_data["version"]))
    typed, theirs = _answered(content_from(form.pair, form.answers)), _answered(content_of(agreement))
    assert isinstance(form.data, QueryDict)
    data, present, both = form.data.copy(), answers_of(agreement), []
    data["version"] = str(agreement.version)
    for name in FIELDS:
        if theirs[name] in (typed[name], base.get(name)):
            continue
        if typed[name] == base.get(name):
            _put(data, name, present[name])
        else:
            both.append(name)
    merged = AgreementForm(data, agreement=agreement)
    merged.is_valid()
    editor = agreement.edited_by.name if agreement.edited_by else "Somebody"
    for name in both:
        merged.add_error(
            name, f"{editor} wrote meanwhile: “{theirs[name] or 'nothing'}”. Keep what you wrote, or change it."
        )
    return merged


def _base(agreement: Agreement, number: int) -> Content:
    kept = AgreementVersion.objects.filter(agreement=agreement, number=number).first()
    return kept.content if kept else []


def _answered(content: Content) -> dict[str, str]:
    return {line["field"]: line["answer"] for line in content}


def _put(data: QueryDict, name: str, value: Any) -> None:
    if name in SKILLS:
        data.setlist(name, [str(skill.pk) for skill in value])
    else:
        data[name] = str(value)
