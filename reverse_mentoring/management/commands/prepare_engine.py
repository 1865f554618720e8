"""`manage.py prepare_engine`: compiles the matching engine, so that the first run need not wait for it."""

import os
from typing import Any

from django.core.management.base import BaseCommand

from matching.engine import warm_up


class Command(BaseCommand):
    help = "Compiles the matching engine ahead of its first run; takes half a minute once, behind everything else."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(15)
        warm_up()
