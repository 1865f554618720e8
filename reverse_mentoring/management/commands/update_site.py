"""`manage.py update_site`: brings the database to this release. Safe to run at any time, also twice."""

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrates the database and adds the skills that this release ships."
    requires_system_checks = []

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("load_skills", stdout=self.stdout if verbosity else StringIO())
