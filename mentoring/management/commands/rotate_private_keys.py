"""Encrypts all private words anew with the first of PRIVATE_TEXT_KEYS; after that the older keys may go.

Put the new key in front of the old ones, restart web, worker and beat, run this, then take the old keys away. It works
in batches beside the running site, and may be stopped and started again.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mentoring.actions.private_keys import BATCH, private_fields, rotate


class Command(BaseCommand):
    help = "Encrypts all private words anew with the first of PRIVATE_TEXT_KEYS."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, help="Rows in one transaction.")

    def handle(self, *args: Any, batch: int, **options: Any) -> None:
        for model, field in private_fields():
            changed = rotate(model, field, batch=batch)
            self.stdout.write(f"{model._meta.label}.{field.name}: {changed} encrypted anew")
