"""`manage.py demo`: the whole site on this machine, with the demo company."""

import os
import signal
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reverse_mentoring.embedded.demo import Demo
from reverse_mentoring.embedded.lock import holder_of
from reverse_mentoring.embedded.place import EmbeddedError, Place, remove, this_place


class Command(BaseCommand):
    help = "Starts embedded services, web, worker and beat with the demo company; Ctrl-C stops them all."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--reset", action="store_true", help="remove the demo's data first")
        parser.add_argument("--stop", action="store_true", help="stop the demo that runs in this checkout")

    def handle(self, *args: Any, port: int, reset: bool, stop: bool, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo does not start where PRODUCTION is set (in the environment or in .env).")
        place = this_place()
        try:
            if stop:
                self._stop(place)
                return
            if reset:
                self._reset(place)
            Demo(place, port).run()
        except EmbeddedError as problem:
            raise CommandError(str(problem)) from problem

    def _stop(self, place: Place) -> None:
        lock = place.run / "demo.lock"
        holder = holder_of(lock)
        if holder is None:
            self.stdout.write("No demo is running in this checkout.")
            return
        os.kill(holder, signal.SIGTERM)
        while holder_of(lock) is not None:
            time.sleep(0.1)
        self.stdout.write("The demo is stopped.")

    def _reset(self, place: Place) -> None:
        if holder_of(place.run / "demo.lock") is not None:
            raise EmbeddedError("The demo is running. Stop it first, with Ctrl-C or 'make demo-stop'.")
        remove(place)
        self.stdout.write("The demo's data are removed.")
