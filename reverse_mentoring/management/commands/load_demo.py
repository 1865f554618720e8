"""`manage.py load_demo`: fills an empty database with the demo company."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mentoring.models import Person
from reverse_mentoring.demo.load import EACH, load


class Command(BaseCommand):
    help = "Fills an empty database with the demo company: everybody signs in with the password reverse-mentoring."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--each", type=int, default=EACH, help="executives, and as many newcomers")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo company has well-known passwords; it is never loaded where PRODUCTION is set.")
        if Person.objects.exists():
            raise CommandError("There are people in this database already. The demo company wants an empty one.")
        load(each=options["each"], say=self._say)

    def _say(self, words: str) -> None:
        self.stdout.write(f"    {words}")
        self.stdout.flush()
