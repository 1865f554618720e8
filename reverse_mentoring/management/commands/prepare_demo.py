"""`manage.py prepare_demo`: brings database and static files up to date, and loads the demo company once."""

from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import transaction

from mentoring.models import Person


class Command(BaseCommand):
    help = "Migrates, collects static files and loads the demo company, each where it is still to be done."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        self._say("database tables")
        call_command("update_site", verbosity=0)
        self._say("static files")
        call_command("collectstatic", interactive=False, verbosity=0)
        if "load_demo" in get_commands() and not Person.objects.exists():
            self._say("demo company")
            with transaction.atomic():
                call_command("load_demo")

    def _say(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()
