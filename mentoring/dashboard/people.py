"""Panels on people: data in, named records out."""

import datetime as dt

from mentoring.models import Person
from mentoring.panels import NextStep


def home_panels(person: Person, now: dt.datetime) -> list[NextStep]:
    return []
