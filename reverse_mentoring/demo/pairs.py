"""The pairs of the programme that is mid-way: proposed by the engine, approved by HR, four months old."""

import datetime as dt
from random import Random

from matching.models import MatchingRun, Suggestion
from mentoring.actions.decision_times import set_times
from mentoring.models import Pair, Person, Programme, Role, Seat
from reverse_mentoring.demo.words import pair_words

# What has become of a pair, out of 100. Nearly all run; a few show what else can happen.
FATES = {
    Pair.Status.ACTIVE: 87,
    Pair.Status.PAUSED: 2,
    Pair.Status.COMPLETED: 3,
    Pair.Status.ENDED: 3,
    Pair.Status.ASKING_JUNIOR: 2,
    Pair.Status.ASKING_SENIOR: 1,
    Pair.Status.BEGINNING: 2,
}
STARTED = (Pair.Status.ACTIVE, Pair.Status.PAUSED, Pair.Status.COMPLETED, Pair.Status.ENDED)


def open_pairs(
    programme: Programme, run: MatchingRun, random: Random, *, hr: Person, now: dt.datetime, leave: int
) -> list[Pair]:
    """Approves the run's suggestions but the last `leave`, which wait for HR; the pairs, with people and skills."""
    suggestions = list(
        run.suggestions.filter(status=Suggestion.Status.PROPOSED)
        .select_related("skill__category", "return_skill__category", "mentor__grade", "mentee__grade")
        .order_by("-score", "pk")
    )
    random.shuffle(suggestions)
    approved = suggestions[: max(len(suggestions) - leave, 0)]
    seats = {
        (seat.enrolment.person_id, seat.role): seat
        for seat in Seat.objects.filter(enrolment__programme=programme).select_related("enrolment")
    }
    pairs = Pair.objects.bulk_create(_pair(suggestion, random, seats, now) for suggestion in approved)
    for suggestion, pair in zip(approved, pairs, strict=True):
        suggestion.status, suggestion.pair = Suggestion.Status.APPROVED, pair
        suggestion.decided_by, suggestion.decided_at = hr, pair.started_at or now - dt.timedelta(days=1)
    Suggestion.objects.bulk_update(approved, ["status", "pair", "decided_by", "decided_at"], batch_size=200)
    return pairs


def _pair(suggestion: Suggestion, random: Random, seats: dict[tuple[int, str], Seat], now: dt.datetime) -> Pair:
    status = random.choices(list(FATES), list(FATES.values()))[0]
    mentor, mentee = suggestion.mentor, suggestion.mentee
    pair = Pair(
        programme=suggestion.programme,
        mentor=mentor,
        mentee=mentee,
        junior=mentor if (mentor.level or 0) <= (mentee.level or 0) else mentee,
        skill=suggestion.skill,
        return_skill=suggestion.return_skill,
        is_exchange=suggestion.is_exchange,
        reasons=[criterion["sentence"] for criterion in suggestion.criteria if criterion["sentence"]],
        status=status,
        mentor_seat=seats[mentor.pk, Role.MENTOR],
        mentee_seat=seats[mentee.pk, Role.MENTEE],
    )
    if status in STARTED:
        _let_it_start(pair, random, now)
    elif status == Pair.Status.BEGINNING:
        _let_it_begin(pair, now)
    else:
        pair.answer_by, pair.remind_at = now + dt.timedelta(days=5), now + dt.timedelta(days=2)
        pair.both_know_since = now - dt.timedelta(hours=20) if status == Pair.Status.ASKING_SENIOR else None
    return pair


def _let_it_start(pair: Pair, random: Random, now: dt.datetime) -> None:
    """In the programme's first three weeks; those that are over ended between two months ago and yesterday."""
    assert pair.programme is not None
    starts = dt.datetime.combine(pair.programme.starts_on, dt.time(9), tzinfo=pair.junior.zone)
    pair.started_at = starts + dt.timedelta(days=random.randint(0, 20), minutes=random.randint(0, 420))
    pair.both_know_since = pair.started_at - dt.timedelta(days=2)
    pair.begun_at = pair.mentor_briefed_at = pair.mentee_briefed_at = pair.started_at
    if pair.status == Pair.Status.COMPLETED:
        pair.finished_at = now - dt.timedelta(days=random.randint(1, 12))
    elif pair.status == Pair.Status.ENDED:
        pair.finished_at = now - dt.timedelta(days=random.randint(5, 70))
        pair.ended_by = random.choice(pair.people)
        pair.ended_because = random.choice(pair_words().ended_because)


def _let_it_begin(pair: Pair, now: dt.datetime) -> None:
    """Both said yes three days ago; the junior has read the briefing, and they have not met yet."""
    pair.begun_at = pair.both_know_since = now - dt.timedelta(days=3)
    pair.with_introduction = True
    role = "mentor" if pair.junior_id == pair.mentor_id else "mentee"
    setattr(pair, f"{role}_briefed_at", now - dt.timedelta(days=2))
    set_times(pair, now)
