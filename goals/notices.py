"""Messages of this app. None holds a word or a number of a check-in, or a word of a raised hand or of feedback.

None about a check-in or a raised hand goes to the partner.
"""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from goals.links import check_in_url
from goals.models import Agreement, AgreementVersion, Brainstorm, CheckIn, Feedback, Hand, HandMessage, Sheet
from mentoring.models import Pair, Person, User
from mentoring.working_hours import next_working_time
from notifications.kinds import Kind
from notifications.outbox import post

FOLDER = "goals/messages"
ANSWERED_WITHIN = dt.timedelta(hours=12)  # who asks for help does not wait for HR's weekly digest


def check_in_asked(check_in: CheckIn, *, number: int, now: dt.datetime) -> None:
    """The question (`number` 0) and its reminders, to the author, at their working hours."""
    person = check_in.person
    until = check_in.lapses_at.astimezone(person.zone)
    post(
        f"{FOLDER}/{'check_in_reminder' if number else 'check_in_asked'}",
        key=f"check_in:{check_in.pk}:{number}",
        kind=Kind.CHECK_IN,
        to=person.user,
        context={
            "person": person,
            "partner": check_in.pair.partner_of(person),
            "until": f"{until:%A} {until.day} {until:%B}",
            "is_first": check_in.number == 1,
            "occasion": check_in.occasion,
        },
        url=check_in_url(check_in.pk),
        button="Answer in a minute",
        not_before=next_working_time(person, now),
        useful_until=check_in.lapses_at,
    )


def survey_asked(sheet: Sheet, *, number: int) -> None:
    """The question (`number` 0) and its reminder, to the person who is asked."""
    person, until = sheet.person, sheet.lapses_at.astimezone(sheet.person.zone)
    post(
        f"{FOLDER}/survey_asked",
        key=f"survey:{sheet.pk}:{number}",
        kind=Kind.CHECK_IN,
        to=person.user,
        context={
            "person": person, "survey": sheet.survey, "programme": sheet.survey.programme,
            "time": sheet.get_time_display(), "is_reminder": bool(number),
            "until": f"{until:%A} {until.day} {until:%B}",
        },
        url=reverse("survey-sheet", args=[sheet.pk]),
        button="Answer in two minutes",
    )  # fmt: skip


def agreement_saved(agreement: Agreement, *, by: Person) -> None:
    """To the partner; once a day, however often a draft is saved."""
    partner = agreement.pair.partner_of(by)
    today = timezone.now().astimezone(partner.zone).date()
    _to_partner("agreement_saved", agreement, by=by, part=f"{today}")


def agreement_signed(version: AgreementVersion, *, by: Person, in_force: bool) -> None:
    """To the partner: it waits for their name, or both have signed by now."""
    template = "agreement_in_force" if in_force else "agreement_signed"
    _to_partner(template, version.agreement, by=by, part=f"{version.number}")


def _to_partner(template: str, agreement: Agreement, *, by: Person, part: str) -> None:
    pair: Pair = agreement.pair
    partner = pair.partner_of(by)
    post(
        f"{FOLDER}/{template}",
        key=f"{template}:{agreement.pk}:{by.pk}:{part}",
        kind=Kind.PAIR,
        to=partner.user,
        context={"person": partner, "partner": by, "version": agreement.version},
        url=f"/pairs/{pair.pk}/agreement/",
        button="Open the agreement",
    )


def brainstorm_opened(session: Brainstorm, *, now: dt.datetime) -> None:
    """To both, in the same words whatever opened it, at the working hours of each."""
    for person in session.pair.people:
        _of_brainstorm(
            "brainstorm_opened", session, to=person, by=session.pair.partner_of(person), part="",
            not_before=next_working_time(person, now), signs=session.signs,
        )  # fmt: skip


def brainstorm_written(session: Brainstorm, *, by: Person) -> None:
    """To the partner; once a day, however much is written."""
    partner = session.pair.partner_of(by)
    today = timezone.now().astimezone(partner.zone).date()
    _of_brainstorm("brainstorm_written", session, to=partner, by=by, part=f"{by.pk}:{today}")


def brainstorm_agreed(session: Brainstorm, *, by: Person, is_decided: bool) -> None:
    """To the partner: it waits for their yes, or it is decided."""
    template = "brainstorm_decided" if is_decided else "brainstorm_agreed"
    day = timezone.now().date()
    _of_brainstorm(template, session, to=session.pair.partner_of(by), by=by, part=f"{by.pk}:{day}")


def _of_brainstorm(
    template: str, session: Brainstorm, *, to: Person, by: Person, part: str, not_before: dt.datetime | None = None,
    **context: object,
) -> None:  # fmt: skip
    post(
        f"{FOLDER}/{template}",
        key=f"{template}:{session.pk}:{to.pk}:{part}",
        kind=Kind.PAIR,
        to=to.user,
        context={"person": to, "partner": by, **context},
        url=f"/brainstorms/{session.pk}/",
        button="Open the brainstorm",
        not_before=not_before,
    )


def pair_needs_a_hand(session: Brainstorm, pair: Pair) -> None:
    """To HR: which pair, and nothing of what was written or answered. Not to the two, even where they work in HR."""
    people = (pair.mentor_id, pair.mentee_id)
    for user in User.objects.filter(is_hr=True, is_active=True).exclude(pk__in=people).order_by("pk"):
        post(
            f"{FOLDER}/pair_needs_a_hand",
            key=f"pair_needs_a_hand:{session.pk}:{user.pk}",
            kind=Kind.HR,
            to=user,
            context={"pair": pair},
            url=f"/pairs/{pair.pk}/",
            button="Open the pair’s page",
        )


def hand_raised(hand: Hand, *, to: Iterable[User], message: HandMessage | None = None) -> None:
    """To those in HR who may see it: who, and what about. Never what they wrote, never to the partner."""
    for user in to:
        post(
            f"{FOLDER}/{'hand_written' if message else 'hand_raised'}",
            key=f"hand_raised:{hand.pk}:{message.pk if message else 0}:{user.pk}",
            kind=Kind.HR,
            to=user,
            context={"person": hand.person, "topic": hand.get_topic_display(), "in_check_in": hand.check_in_id},
            url=f"/hands/{hand.pk}/",
            button="Read and answer",
            useful_until=timezone.now() + ANSWERED_WITHIN,
        )


def hand_answered(message: HandMessage) -> None:
    """To whoever raised it; the subject says nothing that somebody beside them should not read."""
    person = message.hand.person
    post(
        f"{FOLDER}/hand_answered",
        key=f"hand_answered:{message.pk}",
        kind=Kind.HELP,
        to=person.user,
        context={"person": person, "author": message.author},
        url=f"/hands/{message.hand_id}/",
        button="Read the answer",
        useful_until=timezone.now() + ANSWERED_WITHIN,
    )


def feedback_sent(feedback: Feedback) -> None:
    _of_feedback("feedback_sent", feedback, to=feedback.receiver, by=feedback.author)


def feedback_thanked(feedback: Feedback) -> None:
    _of_feedback("feedback_thanked", feedback, to=feedback.author, by=feedback.receiver)


def feedback_asked(feedback: Feedback) -> None:
    _of_feedback("feedback_asked", feedback, to=feedback.author, by=feedback.receiver)


def feedback_replied(feedback: Feedback) -> None:
    _of_feedback("feedback_replied", feedback, to=feedback.receiver, by=feedback.author)


def _of_feedback(template: str, feedback: Feedback, *, to: Person, by: Person) -> None:
    post(
        f"{FOLDER}/{template}",
        key=f"{template}:{feedback.pk}",
        kind=Kind.PAIR,
        to=to.user,
        context={"person": to, "partner": by},
        url=f"/feedback/{feedback.pk}/",
        button="Open it",
    )
