"""Messages on skills that people proposed."""

from django.urls import reverse

from mentoring.models import Skill
from notifications.kinds import Kind
from notifications.outbox import post


def accepted(skill: Skill) -> None:
    _post("skill_accepted", skill, {}, reverse("skill-detail", args=[skill.pk]), "See the skill")


def merged(skill: Skill, into: Skill) -> None:
    _post("skill_merged", skill, {"into": into}, reverse("skill-detail", args=[into.pk]), "See the skill")


def declined(skill: Skill, because: str) -> None:
    _post("skill_declined", skill, {"because": because}, reverse("inventory"), "My skills")


def _post(template: str, skill: Skill, context: dict[str, object], url: str, button: str) -> None:
    """To whoever proposed it, if they are still here."""
    if skill.proposed_by is None or skill.proposed_by.has_left:
        return
    post(
        f"mentoring/messages/{template}",
        key=f"{template}:{skill.pk}",
        kind=Kind.SKILL,
        to=skill.proposed_by.user,
        context={"skill": skill, "person": skill.proposed_by, **context},
        url=url,
        button=button,
    )
