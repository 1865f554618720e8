"""`manage.py make_company N`: writes a believable company, for trying `match_file`. The same seed, the same company."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.answer_files import write_people
from matching.company import make_company
from mentoring.taxonomy import load_taxonomy


class Command(BaseCommand):
    help = "Writes a believable company of N people as a file for match_file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("size", type=int, help="how many people")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--shape", choices=["executives", "everybody"], default="executives")
        parser.add_argument("--out", type=Path, help="where to write it, CSV; without it to the terminal")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["size"] < 2:
            raise CommandError("A company needs two people at least.")
        skills = [skill.name for skill in load_taxonomy().skills]
        people = make_company(options["size"], seed=options["seed"], shape=options["shape"], skills=skills)
        if options["out"]:
            with options["out"].open("w", encoding="utf-8", newline="") as file:
                write_people(file, people)
        else:
            write_people(sys.stdout, people)
