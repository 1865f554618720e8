"""What the page of a meeting shows: the plan, what was kept of it, the goals it was about, what one thought of it."""

import datetime as dt

from goals import dashboard as goals
from mentoring.actions.impressions import ANSWERS
from mentoring.forms.agreed_steps import AgreedStepForm
from mentoring.meeting_texts import starters_for
from mentoring.models import Impression, Meeting, Person, PrivateNote


def page_of(meeting: Meeting, person: Person, now: dt.datetime) -> dict[str, object]:
    """For one of the two."""
    pair, is_ahead = meeting.pair, meeting.is_ahead(now)
    context: dict[str, object] = {
        "meeting": meeting,
        "pair": pair,
        "me": person,
        "partner": pair.partner_of(person),
        "is_ahead": is_ahead,
        "awaits_me": meeting.awaits_yes_of(person) and is_ahead,
        "note": PrivateNote.objects.visible_to(person.user).filter(meeting=meeting).first(),
        "starters": starters_for(pair, person),
    }
    return {**context, **_kept(meeting, person)} if meeting.status == Meeting.Status.HELD else context


def _kept(meeting: Meeting, person: Person) -> dict[str, object]:
    return {
        "questions": _questions(meeting, person),
        "steps": list(meeting.agreed_steps.select_related("owner")),
        "step_form": AgreedStepForm(pair=meeting.pair, person=person) if meeting.pair.has_started else None,
        "goals": goals.goals_of_meeting(meeting),
    }


def _questions(meeting: Meeting, person: Person) -> list[dict[str, object]]:
    """What is asked, with the answers to tap and the one that this person gave."""
    mine = Impression.objects.visible_to(person.user).filter(meeting=meeting).first() or Impression()
    return [
        {
            "name": name,
            "words": str(Impression._meta.get_field(name).verbose_name).capitalize(),  # type: ignore[union-attr]
            "answers": [(value, label, getattr(mine, name) == value) for value, label in choices.choices],
        }
        for name, choices in ANSWERS.items()
    ]
