"""`manage.py services`: the embedded PostgreSQL and broker alone, for work with `manage.py runserver`."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reverse_mentoring.embedded import database_url, redis_url
from reverse_mentoring.embedded.lock import Lock
from reverse_mentoring.embedded.place import EmbeddedError, this_place
from reverse_mentoring.embedded.services import Services


class Command(BaseCommand):
    help = "Starts the embedded PostgreSQL and broker; Ctrl-C stops them."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        place = this_place()
        wanted = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
        signal.pthread_sigmask(signal.SIG_BLOCK, wanted)
        try:
            with Lock(place.run / "demo.lock", "services alone"), Services(place):
                self.stdout.write(f"  DATABASE_URL={database_url()}\n  REDIS_URL={redis_url()}\n  Ctrl-C stops them.")
                self.stdout.flush()
                signal.sigwait(wanted)
        except EmbeddedError as problem:
            raise CommandError(str(problem)) from problem
