"""Makes the demo company: the same each time, counted back from the day it is made.

Five hundred executives and five hundred newcomers in one programme that is mid-way (the founding case), with four
months of meetings and check-ins; colleagues who take no part; a second programme open for enrolment; and the people
of the three stories, waiting to be played. History is written in bulk; what the matching engine and HR decided went
through their own actions.
"""

import datetime as dt
from collections.abc import Callable
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from insights.actions.refresh import refresh
from matching.actions import runs
from matching.models import MatchingRun
from mentoring.models import Pair, Person, Programme
from reverse_mentoring.demo import heard, history, leavers, pairs, people, programmes, together
from reverse_mentoring.demo.organisation import make_organisation

SEED = 1999
EACH = 500
OUTSIDE_OF_TEN = 6  # colleagues in no programme, for ten executives
CIRCLE = 12  # of each side are invited to a programme of their own
WAITING_FOR_HR = 24
OPEN_ROUND = 30  # of each side, besides the people of the stories


@transaction.atomic
def load(
    *, each: int = EACH, now: dt.datetime | None = None, say: Callable[[str], object] = lambda words: None
) -> None:
    """`each` executives and as many newcomers."""
    _take_the_time_it_takes()
    now = now or timezone.now()
    random = Random(SEED)
    outside = each * OUTSIDE_OF_TEN // 10
    say(f"{2 * each + outside} people")
    company = people.make_people(make_organisation(), random, today=now.date(), each=each, outside=outside)
    hr = company.by_key["hr"]
    midway, opened = programmes.make_programmes(today=now.date(), created_by=hr)
    long_ago = now - dt.timedelta(days=programmes.DAYS_GONE + 20)
    programmes.enrol(midway, mentors=company.newcomers, mentees=company.executives, at=long_ago)
    say("the best pairing")
    run = _match(midway, hr)
    say("four months of meetings and check-ins")
    made = pairs.open_pairs(midway, run, random, hr=hr, now=now, leave=min(WAITING_FOR_HR, each // 10))
    started = [pair for pair in made if pair.status in pairs.STARTED]
    history.write_history(started, random, now=now)
    leavers.let_some_leave(midway, started, company.outside, now=now)
    together.write_together(started, random, hr=hr, now=now)
    heard.write_survey(midway, started, now=now)
    heard.write_improvements(list({pair.senior.pk: pair.senior for pair in started}.values()), now=now)
    _fill_open_round(opened, company, made, now)
    circle = company.executives[:CIRCLE] + company.newcomers[:CIRCLE]
    programmes.make_circle(circle, today=now.date(), created_by=hr)
    for programme in (midway, opened):
        refresh(programme, now)


def _take_the_time_it_takes() -> None:
    """The matching may think for longer than a transaction may otherwise stand still."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")


def _match(programme: Programme, hr: Person) -> MatchingRun:
    run = runs.start_run(programme, by=hr)
    runs.carry_out(run.pk)
    run.refresh_from_db()
    return run


def _fill_open_round(programme: Programme, company: people.Company, made: list[Pair], now: dt.datetime) -> None:
    """Whoever the first round left out, some who would like another pair, and the people of the stories."""
    paired = {person.pk for pair in made for person in pair.people}
    mentors, mentees = (
        sorted(side, key=lambda person: (person.pk in paired, person.pk))[:OPEN_ROUND]
        for side in (company.newcomers, company.executives)
    )
    told = [company.by_key[key] for key in ("mohammed", "sarah")]
    programmes.enrol(programme, mentors=[*mentors, *told], mentees=[*mentees, *told], at=now - dt.timedelta(days=3))
