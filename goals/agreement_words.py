"""What an agreement says, in words: question by question, and the changes between two versions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from goals.models import Agreement
from mentoring.models import Channel, Pair

SKILLS = ("mentor_shares", "mentee_shares")
FIELDS = (
    "mentor_wants", "mentee_wants", "mentor_shares", "mentee_shares", "channel", "place", "every_weeks", "minutes",
    "invites", "reply_within_days", "confidentiality", "off_limits", "ending",
)  # fmt: skip


class Line(TypedDict):
    field: str
    question: str
    answer: str


Content = list[Line]


@dataclass(frozen=True)
class Change:
    field: str
    question: str
    before: str
    now: str


def content_of(agreement: Agreement) -> Content:
    """What it says now, in the order of the questions."""
    return content_from(agreement.pair, answers_of(agreement))


def answers_of(agreement: Agreement) -> dict[str, Any]:
    """Field → value; of skills the list."""
    plain = {field: getattr(agreement, field) for field in FIELDS if field not in SKILLS}
    return plain | {field: list(getattr(agreement, field).all()) for field in SKILLS}


def content_from(pair: Pair, answers: Mapping[str, Any]) -> Content:
    words = questions(pair)
    return [Line(field=name, question=words[name], answer=_answer(pair, name, answers[name])) for name in FIELDS]


def questions(pair: Pair) -> dict[str, str]:
    mentor, mentee = pair.mentor.name, pair.mentee.name
    return {
        "mentor_wants": f"What {mentor} wants out of it",
        "mentee_wants": f"What {mentee} wants out of it",
        "mentor_shares": f"What {mentee} learns from {mentor}",
        "mentee_shares": f"What {mentor} learns from {mentee}",
        "channel": "How we meet",
        "place": "Where we meet",
        "every_weeks": "How often we meet",
        "minutes": "How long a meeting is",
        "invites": "Who sends the invitations",
        "reply_within_days": "How soon we reply to each other",
        "confidentiality": "What stays between us",
        "off_limits": "What is off limits",
        "ending": "How we end it",
    }


def _answer(pair: Pair, name: str, value: Any) -> str:
    match name:
        case "mentor_shares" | "mentee_shares":
            return ", ".join(sorted(skill.name for skill in value))
        case "channel":
            return str(Channel(value).label)
        case "every_weeks":
            return "Every week" if value == 1 else f"Every {value} weeks"
        case "minutes":
            return f"{value} minutes"
        case "invites":
            names = {Agreement.Invites.MENTOR: pair.mentor.name, Agreement.Invites.MENTEE: pair.mentee.name}
            return names.get(value, str(Agreement.Invites(value).label))
        case "reply_within_days":
            return "Within a day" if value == 1 else f"Within {value} days"
    return str(value).replace("\r\n", "\n").strip()


def changes(before: Iterable[Line], now: Iterable[Line]) -> list[Change]:
    """Where the two differ, in the order of the questions."""
    old = {line["field"]: line["answer"] for line in before}
    return [
        Change(line["field"], line["question"], old.get(line["field"], ""), line["answer"])
        for line in now
        if old.get(line["field"], "") != line["answer"]
    ]
