"""Messages of this app. None holds a word or a number of a check-in; none about a check-in goes to the partner."""

import datetime as dt

from django.utils import timezone

from goals.links import check_in_url
from goals.models import Agreement, AgreementVersion, CheckIn
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
        },
        url=check_in_url(check_in.pk),
        button="Answer in a minute",
        not_before=next_working_time(person, now),
        useful_until=check_in.lapses_at,
    )


def help_wanted(check_in: CheckIn) -> None:
    """To HR: who asks for help, and nothing of what they wrote. Never to the partner, even where they work in HR."""
    pair, person = check_in.pair, check_in.person
    people = (pair.mentor_id, pair.mentee_id)
    for user in User.objects.filter(is_hr=True, is_active=True).exclude(pk__in=people).order_by("pk"):
        post(
            f"{FOLDER}/help_wanted",
            key=f"help_wanted:{check_in.pk}:{user.pk}",
            kind=Kind.HR,
            to=user,
            context={"person": person, "partner": pair.partner_of(person), "programme": pair.programme},
            url=f"/people/{person.pk}/",
            button=f"Open {person.name}’s page",
            useful_until=timezone.now() + ANSWERED_WITHIN,
        )


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
