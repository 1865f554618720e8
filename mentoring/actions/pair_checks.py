"""Nightly, running pairs are held against the organisation as it is by now; what bears on one waits for HR's word."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from mentoring.actions import pair_life
from mentoring.actions.base import lock, record
from mentoring.models import AuditEntry, Pair, PairConcern, PairWatch, Person, TransitionError
from mentoring.notices import pair_checks as notices

BATCH = 500
HOUR = 2  # of the night, UTC
Reason, Status = PairConcern.Reason, PairConcern.Status

_STANDING = """
    SELECT p.id, mentor.manager_id, mentee.manager_id,
        CASE WHEN p.junior_id = p.mentor_id THEN learner.level - teacher.level ELSE teacher.level - learner.level END,
        COALESCE(array_position(up.above, p.mentee_id), array_position(down.above, p.mentor_id))
    FROM mentoring_pair p
    JOIN mentoring_person mentor ON mentor.user_id = p.mentor_id
    JOIN mentoring_person mentee ON mentee.user_id = p.mentee_id
    LEFT JOIN mentoring_grade teacher ON teacher.id = mentor.grade_id
    LEFT JOIN mentoring_grade learner ON learner.id = mentee.grade_id
    LEFT JOIN mentoring_reportingline up ON up.person_id = p.mentor_id
    LEFT JOIN mentoring_reportingline down ON down.person_id = p.mentee_id
"""
_BEGIN = f"""
    INSERT INTO mentoring_pairwatch (pair_id, mentor_manager, mentee_manager, gap, line, next_check_at)
    SELECT standing.*, %s FROM ({_STANDING} WHERE p.status IN ('active', 'paused') AND p.kind = 'programme'
        AND NOT EXISTS (SELECT FROM mentoring_pairwatch w WHERE w.pair_id = p.id)) standing
    ON CONFLICT DO NOTHING
"""


class Standing(NamedTuple):
    """Where the two of a pair stand in the organisation."""

    mentor_manager: int | None
    mentee_manager: int | None
    gap: int | None
    line: int | None


def next_night(now: dt.datetime) -> dt.datetime:
    tonight = now.astimezone(dt.UTC).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return tonight if tonight > now else tonight + dt.timedelta(days=1)


def begin(now: dt.datetime) -> None:
    """From now on watches over pairs that have started; as they are today is how HR has them."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [next_night(now)])


def check_due(now: dt.datetime) -> None:
    """Looks at all pairs that are due, a batch in a transaction. A missed night is made up."""
    while _check_batch(now) == BATCH:
        pass


@transaction.atomic
def _check_batch(now: dt.datetime) -> int:
    due = PairWatch.objects.due(now).order_by("next_check_at").select_for_update(skip_locked=True, of=("self",))
    watches = {watch.pair_id: watch for watch in due[:BATCH]}
    pairs = Pair.objects.filter(pk__in=watches).select_related(
        "programme", "mentor__grade", "mentee__grade", "mentor__manager", "mentee__manager"
    )
    standings, found = _standings(list(watches)), 0
    for pair in pairs:
        watch, new = watches[pair.pk], standings[pair.pk]
        if not pair.is_running:
            found += _look_at_one_that_is_over(pair, watch)
            continue
        for reason, sentence in _changes(pair, _as_standing(watch), new):
            found += _raise(pair, reason, sentence)
        watch.mentor_manager, watch.mentee_manager, watch.gap, watch.line = new
        watch.next_check_at = next_night(now)
    PairWatch.objects.bulk_update(
        [watch for watch in watches.values() if watch.next_check_at > now],
        ["mentor_manager", "mentee_manager", "gap", "line", "next_check_at"],
    )
    if found:
        notices.found(now)
    return len(watches)


def _standings(pairs: list[int]) -> dict[int, Standing]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_STANDING} WHERE p.id = ANY(%s)", [pairs])
        return {pair: Standing(*rest) for pair, *rest in cursor.fetchall()}


def _as_standing(watch: PairWatch) -> Standing:
    return Standing(watch.mentor_manager, watch.mentee_manager, watch.gap, watch.line)


def _changes(pair: Pair, old: Standing, new: Standing) -> Iterator[tuple[str, str]]:
    """What is new since the last look, each with a sentence."""
    programme = pair.programme
    reach = programme.reporting_line_levels if programme and programme.no_reporting_line else 0
    if new.line and new.line <= reach and not (old.line and old.line <= reach):
        yield Reason.LINE, _line_in_words(pair, new)
    if new.gap is not None and new.gap < 0 and (old.gap is None or old.gap >= 0):
        junior, senior = pair.partner_of(pair.senior), pair.senior
        yield Reason.TURNED, f"{junior} ({junior.grade}) stands above {senior} ({senior.grade}) by now."
    for person, partner, before, after in (
        (pair.mentor, pair.mentee, old.mentor_manager, new.mentor_manager),
        (pair.mentee, pair.mentor, old.mentee_manager, new.mentee_manager),
    ):
        if after not in (before, None, partner.pk):
            yield Reason.MANAGER, f"{person} reports to {person.manager} by now."


def _line_in_words(pair: Pair, new: Standing) -> str:
    mentor_below = new.mentor_manager == pair.mentee_id
    if new.line == 1:
        lower, upper = (pair.mentor, pair.mentee) if mentor_below else (pair.mentee, pair.mentor)
        return f"{lower} reports to {upper} by now."
    return f"{pair.mentor} and {pair.mentee} stand in one reporting line by now, {new.line} levels apart."


def _look_at_one_that_is_over(pair: Pair, watch: PairWatch) -> int:
    """Where it ended because somebody left, HR is asked whether the other should get a new pair."""
    left = [person for person in pair.people if person.has_left]
    pair.concerns.open().exclude(reason=Reason.LEFT).update(status=Status.OVER)
    watch.delete()
    if len(left) != 1 or pair.status != Pair.Status.ENDED:
        return 0
    other = pair.partner_of(left[0])
    return _raise(pair, Reason.LEFT, f"{left[0]} has left the company, so the pair has ended. {other} is free again.")


def _raise(pair: Pair, reason: str, sentence: str) -> int:
    """A newer change of the same kind takes the place of one that still waits."""
    if pair.concerns.open().filter(reason=reason).update(sentence=sentence[:400]):
        return 0
    PairConcern.objects.create(pair=pair, reason=reason, sentence=sentence[:400])
    return 1


@transaction.atomic
def decide(concern: PairConcern, decision: str, *, by: Person) -> PairConcern:
    """Keeps the pair, ends it gently, or ends it so that both get a new one with the next run."""
    concern = lock(concern, "pair__programme", "pair__mentor", "pair__mentee", "decided_by")
    if concern.status != Status.OPEN:
        who = f"{concern.decided_by} has" if concern.decided_by else "It has been"
        raise TransitionError(f"{who} decided on this meanwhile.")
    concern.move_to(decision)
    concern.decided_by, concern.decided_at = by, timezone.now()
    concern.save()
    record(AuditEntry.Action.PAIR_RECHECKED, concern.pair, by=by, reason=concern.reason, decision=decision)
    if decision != Status.KEPT and concern.reason != Reason.LEFT:
        pair_life.end_for_organisation(concern.pair)
        concern.pair.concerns.open().update(status=Status.OVER)
        PairWatch.objects.filter(pair=concern.pair).delete()
    return concern
