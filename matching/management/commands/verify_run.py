"""`manage.py verify_run 7`: checks a stored matching run and its proof again, where it was given the same as today."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.models import MatchingRun
from matching.records import verify_again

CHANGED = 3  # the exit code where nothing can be said


class Command(BaseCommand):
    help = "Checks a matching run and the proof that was stored with it again, without the solver."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, help="the number of the run, as in the address of its page")

    def handle(self, *args: Any, run: int, **options: Any) -> None:
        row = MatchingRun.objects.select_related("programme").filter(pk=run).first()
        if row is None:
            raise CommandError(f"There is no run {run}.")
        if row.status != MatchingRun.Status.DONE:
            raise CommandError(f"Run {run} has no answer: it is {row.get_status_display().lower()}.")
        found = verify_again(row)
        if found is None:
            raise CommandError(f"No proof was stored with run {run}: it is older than that.", returncode=CHANGED)
        if not found.same or found.objective is None:
            raise CommandError(
                f"What run {run} was given has changed since (people, decisions, rules or the engine), so its proof "
                "cannot be checked any more. It was checked when the run ended.",
                returncode=CHANGED,
            )
        if found.faults:
            raise CommandError(f"Run {run} fails its check: " + " ".join(found.faults))
        aim = found.objective
        proof = "proven to be the best" if aim.certified else f"at most {aim.gap:.2%} below the best"
        placed = f"{aim.placed:,} places filled of at most {aim.placed_bound:,}"
        self.stdout.write(f"Run {run} holds: {placed}, total {aim.total:,}, {proof}.")
