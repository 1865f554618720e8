"""`manage.py match_file PEOPLE.csv`: pairs the people of a spreadsheet. Needs no database and no server."""

import json
import sys
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.answer_files import answer, write_pairs
from matching.engine import InputError, gather, look_into, solve, verify
from matching.spreadsheet import OPTIONAL, RefusedFileError, Rules, read_people, read_rules

PHASES = {
    "prepare": "Reading the columns",
    "floor": "Finding how strong the weakest pair can be",
    "candidates": "Looking for eligible pairs",
    "solve": "Solving",
    "verify": "Checking the proof",
    "price": "Looking for pairs that would make it better",
    "explain": "Writing the reasons",
    "left_out": "Trying what would place those left out",
}


class Command(BaseCommand):
    help = (
        "Pairs the people of a spreadsheet, proves the answer to be the best, and says why. Columns: employee_number, "
        "name; and, with what a missing one means: " + "; ".join(f"{name} ({told})" for name, told in OPTIONAL.items())
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("people", type=Path, help="the file with the people, CSV")
        parser.add_argument("--rules", type=Path, help="rules and weights, TOML; without it the defaults hold")
        parser.add_argument("--out", type=Path, help="where to write the answer, JSON; without it to the terminal")
        parser.add_argument(
            "--seconds", type=float, default=30, help="how long to try what would place those left out, at most (30)"
        )
        parser.add_argument("--pairs-csv", type=Path, help="also write the pairs as a table for a spreadsheet")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rules = read_rules(options["rules"]) if options["rules"] else Rules()
            rows = read_people(options["people"], day=rules.day)
            people = gather(rows, fixed=rules.fixed, forbidden=rules.forbidden, exceptions=rules.exceptions)
            result = solve(people, rules.policy, progress=self.tell)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        except RefusedFileError as refused:
            raise CommandError(f"{options['people'].name} is refused.\n{refused}") from refused
        except InputError as error:
            raise CommandError(str(error)) from error
        if wrong := verify(people, rules.policy, result):
            raise CommandError("The answer failed its check and is not shown: " + " ".join(wrong))
        result, found = look_into(
            people, rules.policy, result, seconds=options["seconds"], progress=partial(self.tell, "left_out")
        )
        told = answer(people, rules.policy, result, found)
        self.write(options["out"], json.dumps(told, ensure_ascii=False, indent=1))
        if options["pairs_csv"]:
            with options["pairs_csv"].open("w", encoding="utf-8-sig", newline="") as file:
                write_pairs(file, told)
        objective = result.objective
        proof = "proven to be the best" if objective.certified else f"within {objective.gap:.2%} of the best"
        self.stderr.write(
            f"{len(result.pairs):,} pairs, {objective.placed:,} places filled, total {objective.total:,}: {proof}."
        )

    def write(self, path: Path | None, text: str) -> None:
        if path:
            path.write_text(text + "\n", encoding="utf-8")
        else:
            self.stdout.write(text)

    def tell(self, phase: str, fraction: float) -> None:
        """One line that is written over, and only where somebody watches."""
        if sys.stderr.isatty():
            end = "\n" if fraction == 1 else ""
            sys.stderr.write(f"\r{PHASES.get(phase, phase)} … {fraction:4.0%}{end}")
            sys.stderr.flush()
