"""`manage.py add_hr EMAIL NAME`: the first account of a new site, which invites everybody else."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from mentoring.actions.people import join, set_hr_role
from mentoring.models import Person, User


class Command(BaseCommand):
    help = "Adds an account that works in HR; asks for its password, or reads it from the standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        try:
            validate_email(email)
            if User.objects.filter(email__iexact=email).exists():
                raise CommandError(f"There is already an account with the address {email}.")
            password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
            validate_password(password)
            person = add_hr(email=email, name=name, password=password)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        self.stdout.write(f"{person} can sign in as {person.user.email}.")


@transaction.atomic
def add_hr(*, email: str, name: str, password: str) -> Person:
    person = join(email=email, password=password, name=name)
    EmailAddress.objects.create(user=person.user, email=person.user.email, verified=True, primary=True)
    set_hr_role(person, True, by=person)
    return person
