from collections import Counter

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from goals.models import CheckIn, Survey
from insights.figures.catalog import FIGURES
from insights.figures.selection import Selection
from insights.figures.surveys import survey_results
from insights.figures.values import values_of
from insights.models import PairNeed
from matching.models import MatchingRun, Suggestion
from mentoring.models import Enrolment, Improvement, Meeting, Pair, Person, Programme, SkillOffer, SkillWish
from mentoring.models.pair import STARTED
from reverse_mentoring.demo.load import load
from reverse_mentoring.demo.stories import people

pytestmark = pytest.mark.django_db

EACH = 40


def load_small() -> None:
    load(each=EACH, say=lambda words: None)


def test_load_makes_as_many_executives_as_newcomers_in_one_programme_midway() -> None:
    load_small()

    midway = Programme.objects.get(name__startswith="500")
    today = timezone.localdate()
    enrolled = Enrolment.objects.filter(programme=midway)  # a few have left since
    assert enrolled.filter(mentor_capacity=1, person__grade__level__lte=4).count() == EACH
    assert enrolled.filter(mentee_capacity=1, person__grade__level__gte=6).count() == EACH
    assert midway.starts_on < today < midway.ends_on


def test_load_writes_a_history_that_the_dashboard_can_count() -> None:
    load_small()

    midway = Programme.objects.get(name__startswith="500")
    shown = {value.figure.slug: value.whole for value in values_of(FIGURES, Selection(programmes=[midway.pk]))}
    assert shown["enrolled"].n == 2 * EACH
    assert shown["active"].n > EACH
    assert 0.3 < (shown["pace"].number or 0) < 1.5
    assert shown["happiness"].n > EACH  # the months that are over are published
    assert PairNeed.objects.filter(programme=midway).exists()
    assert CheckIn.objects.answered().count() > EACH
    assert Suggestion.objects.proposed().filter(programme=midway).exists()
    assert Person.objects.employees().filter(enrolments=None).count() > EACH // 2


def test_load_shows_what_was_heard_and_what_came_of_it() -> None:
    load_small()

    results = survey_results(Survey.objects.get())
    [(_, middle), *_] = results.changes
    assert middle is not None
    assert middle.low > 0
    assert Improvement.objects.published().count() >= 3
    assert Improvement.objects.waiting().exists()
    assert Programme.objects.get(audience=Programme.Audience.CHOSEN).invitees.count() == 24


def test_load_holds_meetings_when_both_work() -> None:
    load_small()

    for meeting in Meeting.objects.select_related("pair__mentor", "pair__mentee"):
        for person in meeting.pair.people:
            starts, ends = (at.astimezone(person.zone) for at in (meeting.starts_at, meeting.ends_at))
            assert person.work_starts <= starts.time(), meeting
            assert ends.time() <= person.work_ends, meeting
            assert starts.isoweekday() in person.working_days, meeting


def test_load_gives_nobody_two_of_a_kind() -> None:
    load_small()

    mentors = Counter(Pair.objects.filter(status__in=STARTED).values_list("mentor", flat=True))
    assert max(mentors.values()) == 1


def test_load_leaves_the_stories_to_be_played() -> None:
    load_small()

    told = Person.objects.filter(user__email__in=[person.email for person in people()])
    amirah, taylor = told.get(user__email="amirah@demo.example"), told.get(user__email="taylor@demo.example")
    assert told.count() == len(people())
    assert not Pair.objects.filter(mentor__in=told).exists()
    assert taylor.manager == amirah
    assert amirah.manager is None
    open_now = Programme.objects.open_for_enrolment(timezone.localdate())
    assert open_now.get(audience=Programme.Audience.EVERYBODY).name == "Open round"


def test_load_gives_everybody_the_password_of_the_demo() -> None:
    load_small()

    for email in ("hr@demo.example", Person.objects.filter(grade__level=1).first().user.email):  # type: ignore[union-attr]
        assert Client().login(email=email, password="reverse-mentoring")


def told() -> list[object]:
    """What does not hang on the keys that the database gives: they break the ties of the matching."""
    run = MatchingRun.objects.get()
    return [
        list(Person.objects.order_by("pk").values_list("name", "job_title", "manager__name", "joined_on")),
        list(SkillOffer.objects.order_by("pk").values_list("person__name", "skill__name", "level", "learned")),
        list(SkillWish.objects.order_by("pk").values_list("person__name", "skill__name", "priority", "wanted")),
        (run.summary["placed"], run.summary["total"], run.summary["certified"]),
    ]


def test_load_is_the_same_each_time() -> None:
    now, tellings = timezone.now(), []
    for _ in range(2):
        with transaction.atomic():
            load(each=EACH, now=now, say=lambda words: None)
            tellings.append(told())
            transaction.set_rollback(True)

    assert all(tellings[0])
    assert tellings[0] == tellings[1]
