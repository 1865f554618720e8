"""Adds the skills that this release ships and the database does not have yet. Safe to run at any time."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from mentoring.models import Skill, SkillCategory
from mentoring.taxonomy import load_taxonomy
from mentoring.taxonomy_rows import copy_missing


class Command(BaseCommand):
    help = "Adds the skills that this release ships and the database does not have yet."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        added = copy_missing(load_taxonomy(), categories=SkillCategory.objects, skills=Skill.objects)
        self.stdout.write(f"{added} skills added.")
