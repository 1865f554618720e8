"""All that this app holds about a person, for their own eyes: as JSON takes it, other people's secrets left out."""

from typing import Any

from django.db.models import Q

from mentoring.models import (
    AuditEntry,
    CalendarFeed,
    Channel,
    ClosingWords,
    EnrolmentAnswer,
    Impression,
    IntroductionAnswer,
    Meeting,
    Pair,
    Person,
    PrivateNote,
    QuizResult,
    RatherNotList,
    Reading,
    SharedCertificate,
    SwotEntry,
)
from mentoring.quiz import load_quiz

PROFILE = (
    "name", "pronouns", "kind", "employee_number", "job_title", "joined_on", "time_zone", "work_starts", "work_ends",
    "working_days", "languages", "hours_a_month", "introduction", "open_to_quick_questions", "partner_until",
    "confidential_since", "updated_at",
)  # fmt: skip


def own_data(person: Person) -> dict[str, Any]:
    """Section → rows."""
    return {**_profile(person), **_programmes(person), **_pairs(person), **_trails(person)}


def _profile(person: Person) -> dict[str, Any]:
    names = {name: str(getattr(person, name) or "") for name in ("department", "grade", "site", "manager")}
    channels = [Channel(value).label for value in person.channels]
    kept = RatherNotList.objects.filter(person=person).first()
    others = Person.objects.filter(pk__in=kept.person_ids if kept else [])
    return {
        "account": {"email": person.user.email, "date_joined": person.user.date_joined, "in_hr": person.user.is_hr},
        "profile": {**{name: getattr(person, name) for name in PROFILE}, **names, "likes_to_meet": channels},
        "skill_offers": list(person.offers.values("skill__name", "level", "learned", "used")),
        "skill_wishes": list(person.wishes.values("skill__name", "priority", "present", "wanted")),
        "swot_worksheet": list(SwotEntry.objects.visible_to(person.user).values("quadrant", "text", "created_at")),
        "communication_quiz": _quiz(person),
        "rather_not": list(others.values_list("name", flat=True)),
    }


def _quiz(person: Person) -> dict[str, Any]:
    result = QuizResult.objects.visible_to(person.user).first()
    if result is None:
        return {}
    said = {statement.text: result.answers.get(statement.key) for statement in load_quiz().statements}
    return {"taken_at": result.taken_at, "answers": said}


def _programmes(person: Person) -> dict[str, Any]:
    columns = ("programme__name", "status", "mentor_capacity", "mentee_capacity", "enrolled_at", "withdrawn_at")
    answers = EnrolmentAnswer.objects.filter(enrolment__person=person)
    return {
        "enrolments": list(person.enrolments.values(*columns)),
        "answers_at_sign_up": list(answers.values("enrolment__programme__name", "question__text", "words")),
        "named_as_one_who_may_join": list(person.invited_to.values_list("programme__name", flat=True)),
    }


def _pairs(person: Person) -> dict[str, Any]:
    """Of an end without a start it says “not available” to both alike; a reason only to whoever wrote it."""
    known = Pair.objects.known_to(person).with_people().select_related("return_skill")
    meetings = Meeting.objects.filter(pair__in=known.started().values("pk"))
    columns = ("pair", "starts_at", "ends_at", "status", "channel", "place", "topic", "agenda", "shared_notes")
    return {
        "pairs": [_pair(pair, person) for pair in known],
        "meetings": list(meetings.values(*columns)),
        "private_notes": list(PrivateNote.objects.visible_to(person.user).values("pair", "text")),
        **_kept_of_pairs(person),
    }


def _kept_of_pairs(person: Person) -> dict[str, Any]:
    """What they took on, and what they alone said."""
    answers = IntroductionAnswer.objects.visible_to(person.user)
    taps = Impression.objects.visible_to(person.user)
    words = ClosingWords.objects.filter(person=person)
    shared = SharedCertificate.objects.filter(person=person)
    return {
        "next_steps_of_mine": list(person.agreed_steps.values("pair", "text", "due_on", "done_at")),
        "how_meetings_were": list(taps.values("meeting__pair", "meeting__starts_at", "learned", "talked")),
        "answers_after_introductions": list(answers.values("pair", "goes_on")),
        "words_at_the_end": list(words.values("pair", "learned", "changed", "is_shown", "written_at")),
        "certificates_shared": list(shared.values("pair", "shared_at")),
    }


def _pair(pair: Pair, person: Person) -> dict[str, Any]:
    mine = {
        "my_reason_for_a_no": pair.no_because if pair.no_from_id == person.pk else "",
        "my_reason_for_the_end": pair.ended_because if pair.ended_by_id == person.pk else "",
    }
    return {
        "pair": pair.pk, "with": pair.partner_of(person).name,
        "role": "mentor" if pair.mentor_id == person.pk else "mentee",
        "programme": str(pair.programme or ""), "skill": pair.skill.name,
        "return_skill": str(pair.return_skill or ""), "question": pair.question, "reasons": pair.reasons,
        "status": pair.get_status_display(), "started_at": pair.started_at,
        **{name: words for name, words in mine.items() if words},
    }  # fmt: skip


def _trails(person: Person) -> dict[str, Any]:
    """What they did, what was changed about them, who looked, what was sent to them."""
    entries = AuditEntry.objects.filter(Q(by=person) | Q(object_type="person", object_id=person.pk)).order_by("pk")
    readings = Reading.objects.visible_to(person.user)
    return {
        "audit": list(entries.values("at", "action", "by__name", "object_type", "object_name", "changes")),
        "calendar_addresses": list(CalendarFeed.objects.filter(person=person).values("created_at")),
        "skills_proposed": list(person.proposed_skills.values("name", "status")),
        "you_said_we_did": list(person.improvements.values("heard", "did", "with_name", "created_at")),
        "who_has_seen_my_data": list(readings.values("day", "reader__name", "what")),
    }
