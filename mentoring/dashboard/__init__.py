"""This app's panels for the home page, one file for each part of it."""

import datetime as dt

from mentoring.dashboard import meetings, pairs, people, programmes
from mentoring.dashboard.mine import Mine
from mentoring.models import Person
from mentoring.panels import NextStep


def home_panels(person: Person, now: dt.datetime, mine: Mine | None = None) -> list[NextStep]:
    """What this person could do now, in no order."""
    mine = mine or Mine(person, now)
    return [step for part in (people, programmes, pairs, meetings) for step in part.home_panels(person, now, mine)]
