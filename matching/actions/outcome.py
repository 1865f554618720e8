"""A run's result, written in one transaction: new suggestions, who was left out and why, the proof and the figures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from matching import engine, notices
from matching.candidates import Candidates, not_acted_on
from matching.findings import in_record
from matching.models import LeftOut, MatchingRun, RunRecord, Suggestion
from matching.obstacles import Place, free_places
from matching.progress import Cancelled, Superseded
from matching.records import sealed_record
from mentoring.actions.base import lock, record
from mentoring.models import AuditEntry, Enrolment, Role

Status = Suggestion.Status
BATCH = 2000


@transaction.atomic
def write(run: MatchingRun, found: Candidates, result: engine.Result, findings: engine.Findings) -> None:
    """Writes the result, unless the run was cancelled or taken up by another worker. Everything, or nothing."""
    run = _still_ours(run)
    outcome = _Outcome(run, found, result, findings)
    _count_waiting(run, outcome)
    _replace_earlier(run)
    suggestions = list(_those_still_possible(run, outcome.suggestions()))
    Suggestion.objects.bulk_create(suggestions, batch_size=BATCH, ignore_conflicts=True)
    LeftOut.objects.bulk_create(outcome.left_out(), batch_size=BATCH)
    mark = engine.mark_without_lists(found.people, found.policy)
    run.move_to(MatchingRun.Status.DONE)
    run.percent, run.phase, run.finished_at, run.input_hash = 100, "", timezone.now(), mark
    run.summary = outcome.summary(suggested=len(suggestions))
    run.save()
    RunRecord.objects.create(run=run, content=sealed_record(found, result))
    record(AuditEntry.Action.RUN_FINISHED, run, by=None, suggested=len(suggestions), hash=mark)
    notices.run_finished(run)


def _still_ours(run: MatchingRun) -> MatchingRun:
    now = lock(run, "programme", "started_by__user")
    if now.attempt != run.attempt or now.status != MatchingRun.Status.RUNNING:
        raise Superseded
    if now.cancel_asked:
        raise Cancelled
    return now


@dataclass(frozen=True)
class _Outcome:
    """The engine's answer in the words of the database."""

    run: MatchingRun
    found: Candidates
    result: engine.Result
    findings: engine.Findings

    def suggestions(self) -> Iterator[Suggestion]:
        for pair in self.result.pairs:
            if not pair.fixed:
                yield self._suggestion(pair)

    def _suggestion(self, pair: engine.SuggestedPair) -> Suggestion:
        return Suggestion(
            programme=self.run.programme,
            run=self.run,
            origin=Suggestion.Origin.RUN,
            mentor_id=self.found.person_id(pair.mentor),
            mentee_id=self.found.person_id(pair.mentee),
            skill_id=self.found.skill_id(pair.skill),
            return_skill_id=self.found.skill_id(pair.return_skill) if pair.is_exchange else None,
            is_exchange=pair.is_exchange,
            score=pair.score,
            criteria=[criterion._asdict() for criterion in pair.criteria],
            alternatives=[self._alternative(alternative) for alternative in pair.alternatives],
            near_tie=pair.near_tie,
            exceptions=[{"rule": rule.name, "sentence": rule.sentence} for rule in pair.broken_rules],
        )

    def _alternative(self, alternative: engine.Alternative) -> dict[str, Any]:
        return {
            **alternative._asdict(),
            "mentor": self.found.person_id(alternative.mentor),
            "mentee": self.found.person_id(alternative.mentee),
        }

    def left_out(self) -> Iterator[LeftOut]:
        enrolments = dict(Enrolment.objects.filter(programme=self.run.programme).values_list("person", "pk"))
        for one in self.result.left_out:
            yield LeftOut(
                run=self.run,
                enrolment_id=enrolments[self.found.person_id(one.person)],
                role=one.role,
                rules=[{"rule": r.name, "count": r.removed, "sentence": r.sentence} for r in one.rules],
                smallest_change=one.smallest_change.sentence if one.smallest_change else "",
                waits=one.waits,
            )

    def those_waiting(self) -> set[int]:
        return {self.found.person_id(one.person) for one in self.result.left_out if one.waits}

    def summary(self, *, suggested: int) -> dict[str, Any]:
        """What the run's page shows."""
        people, objective = self.found.people, self.result.objective
        new = sum(not pair.fixed for pair in self.result.pairs)
        return {
            **objective._asdict(),
            "asked": int((people.mentor_capacity > 0).sum() + (people.mentee_capacity > 0).sum()),
            "people": int(((people.mentor_capacity > 0) | (people.mentee_capacity > 0)).sum()),
            "suggested": suggested,
            "kept": len(self.result.pairs) - new,
            "dropped": new - suggested,
            "left_out": len({one.person for one in self.result.left_out if one.waits}),
            "exchanges": sum(pair.is_exchange and not pair.fixed for pair in self.result.pairs),
            "near_ties": sum(pair.near_tie and not pair.fixed for pair in self.result.pairs),
            "seconds": {phase: round(seconds, 3) for phase, seconds in self.result.seconds.items()},
            "checked": True,  # by the verifier, which knows no solver; an answer that fails it is not written
            "engine": engine.ENGINE_VERSION,
            **in_record(self.found, self.result, self.findings),
        }


def _count_waiting(run: MatchingRun, outcome: _Outcome) -> None:
    """Who is left without a place waits one run longer; a run that HR approved nothing of does not count.

    Whoever has a pair by now has waited long enough; an invitation that came to nothing did not end the waiting.
    """
    taken_back = not_acted_on(run.programme)
    enrolments = Enrolment.objects.filter(programme=run.programme)
    waiting = set(enrolments.filter(person__in=outcome.those_waiting()).values_list("pk", flat=True))
    running = run.programme.pairs.running().values_list("mentor", "mentee")
    together = enrolments.filter(person__in={pk for two in running for pk in two}, waiting_runs__gt=0)
    paired = set(together.values_list("pk", flat=True))
    changed = enrolments.filter(pk__in=(waiting ^ taken_back) | paired)
    list(changed.order_by("pk").select_for_update(no_key=True).values_list("pk"))  # in the order of all who lock them
    enrolments.filter(pk__in=waiting - taken_back).update(waiting_runs=F("waiting_runs") + 1)
    enrolments.filter(pk__in=taken_back - waiting, waiting_runs__gt=0).update(waiting_runs=F("waiting_runs") - 1)
    enrolments.filter(pk__in=paired).update(waiting_runs=0)


def _replace_earlier(run: MatchingRun) -> None:
    earlier = Suggestion.objects.proposed().filter(programme=run.programme, origin=Suggestion.Origin.RUN)
    found = list(earlier.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    Suggestion.objects.filter(pk__in=found).update(status=Status.REPLACED, decided_at=timezone.now())


def _those_still_possible(run: MatchingRun, suggestions: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """All but those whose people found another partner, or were kept apart, while the engine worked."""
    suggestions = list(suggestions)
    free = free_places(run.programme, {pk for s in suggestions for pk in (s.mentor_id, s.mentee_id)})
    decided = Suggestion.objects.filter(programme=run.programme, status__in=[Status.PROPOSED, Status.REJECTED])
    settled = {
        frozenset(two)
        for rows in (run.programme.pairs.open(), decided)
        for two in rows.order_by().values_list("mentor", "mentee")
    }
    for suggestion in suggestions:
        places: list[Place] = [(suggestion.mentor_id, Role.MENTOR), (suggestion.mentee_id, Role.MENTEE)]
        if frozenset((suggestion.mentor_id, suggestion.mentee_id)) not in settled and all(free[p] for p in places):
            free.subtract(places)
            yield suggestion
