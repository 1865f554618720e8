"""The agreement: drafted by both, signed by both. A name stands only under the version that was read."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from goals import notices
from goals.agreement_words import FIELDS, SKILLS, content_from, content_of
from goals.models import Agreement, AgreementVersion, Signature
from mentoring.actions.base import hold, lock, record, refuse_stale
from mentoring.models import AuditEntry, Pair, Person, TransitionError

Action = AuditEntry.Action
RELATED = ("pair__mentor__user", "pair__mentee__user")


@transaction.atomic
def begin(pair: Pair) -> Agreement | None:
    """The agreement of a pair, made where there is none yet with what is known already. Quick questions have none."""
    if pair.is_quick:
        return None
    agreement, is_new = Agreement.objects.get_or_create(pair=pair, defaults=_first_answers(pair))
    if is_new:
        agreement.mentor_shares.set([pair.skill])
        agreement.mentee_shares.set([pair.return_skill] if pair.return_skill and pair.is_exchange else [])
        _keep(agreement, by=None)
    return agreement


def _first_answers(pair: Pair) -> dict[str, Any]:
    """How they both like to meet, and as often and as long as the programme plans."""
    places = {c: pair.mentor.channels.index(c) + pair.mentee.channels.index(c) for c in _common_channels(pair)}
    answers: dict[str, Any] = {"channel": min(places, key=lambda c: places[c])} if places else {}
    if programme := pair.programme:
        weeks = (programme.ends_on - programme.starts_on) / dt.timedelta(weeks=1)
        answers["every_weeks"] = max(1, min(26, round(weeks / programme.meetings_planned)))
        answers["minutes"] = programme.meeting_minutes_from
    return answers


def _common_channels(pair: Pair) -> list[str]:
    return [channel for channel in pair.mentor.channels if channel in pair.mentee.channels]


@transaction.atomic
def save_draft(agreement: Agreement, *, by: Person, version: int, answers: Mapping[str, Any]) -> Agreement:
    """Saves what `by` wrote over the version they saw. Raises ValidationError ("stale") where there is a newer one.

    Saving once more what stands there already changes nothing, so a double press does no harm.
    """
    agreement = _locked(agreement, by)
    before, now = content_of(agreement), content_from(agreement.pair, answers)
    if before == now and agreement.version:
        return agreement
    refuse_stale(agreement.version, version)
    for name in FIELDS:
        if name in SKILLS:
            getattr(agreement, name).set(answers[name])
        else:
            setattr(agreement, name, answers[name])
    agreement.version += 1
    agreement.edited_by = by
    agreement.save()
    _keep(agreement, by=by)
    record(Action.AGREEMENT_CHANGED, agreement, by=by, version=[agreement.version - 1, agreement.version])
    notices.agreement_saved(agreement, by=by)
    return agreement


@transaction.atomic
def sign(agreement: Agreement, *, by: Person, version: int) -> Signature:
    """Puts `by`'s name under the version that they read. Signing twice is signing once."""
    agreement = _locked(agreement, by)
    if not agreement.version:
        raise TransitionError("Nobody has saved this agreement yet. Save it first, then sign it.")
    if agreement.version != version:
        raise TransitionError(_just_changed(agreement, by))
    kept = agreement.versions.get(number=version)
    signature, is_new = Signature.objects.get_or_create(version=kept, person=by)
    if is_new:
        record(Action.AGREEMENT_SIGNED, agreement, by=by, version=version)
        notices.agreement_signed(kept, by=by, in_force=kept.signatures.count() == 2)
    return signature


def _just_changed(agreement: Agreement, by: Person) -> str:
    editor = agreement.edited_by
    who = "You" if editor == by else editor.name if editor else "Somebody"
    return (
        f"{who} changed the agreement after you opened this page, so nothing was signed. "
        f"This is version {agreement.version}: read what changed, then sign it."
    )


def _locked(agreement: Agreement, by: Person) -> Agreement:
    """As it is now, locked, for one of the two while their pair runs; the pair is held first."""
    pair = hold(Pair(pk=agreement.pair_id))
    if by.pk not in (pair.mentor_id, pair.mentee_id):
        raise TransitionError("An agreement is between the two of the pair.")
    if not pair.is_running:
        raise TransitionError("This pair is over, so its agreement stays as it is.")
    return lock(agreement, *RELATED)


def _keep(agreement: Agreement, *, by: Person | None) -> None:
    """The version word for word."""
    AgreementVersion.objects.create(
        agreement=agreement, number=agreement.version, content=content_of(agreement), saved_by=by
    )
