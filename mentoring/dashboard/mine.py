"""What the panels of one person's page have in common, read once for all of them by prepared queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mentoring.dashboard.after import STANDS, to_close
from mentoring.dashboard.unshown import OF_MEETING, RULES, UNSHOWN, of
from mentoring.models import Enrolment, Meeting, Pair, Person, Programme, SkillOffer, SkillWish
from mentoring.models.after_meeting import with_impression_of
from mentoring.models.introduction import has_said
from mentoring.models.pair import OPEN
from mentoring.prepared import DAY, KEY, MOMENT, prepared

_PAIRS = prepared(
    lambda person, since: (
        Pair.objects.of(person)
        .filter(Q(status__in=OPEN) | to_close(person, since))
        .select_related("programme", "skill", "return_skill", "mentor", "mentee")
        .defer(*UNSHOWN)
        .annotate(has_said=has_said(person))
        .order_by("pk")
    ),
    KEY,
    MOMENT,
)
_MEETINGS = prepared(
    lambda person: with_impression_of(
        Meeting.objects.defer(*OF_MEETING).filter(
            Q(pair__mentor=person) | Q(pair__mentee=person), pair__status__in=OPEN
        ),
        person,
    ),
    KEY,
)
_ENROLMENTS = prepared(
    lambda person: (
        Enrolment.objects.enrolled()
        .filter(person=person, programme__status=Programme.Status.LAUNCHED)
        .select_related("programme")
        .defer(*of("programme", RULES))
    ),
    KEY,
)
_OPEN_PROGRAMMES = prepared(
    lambda today: Programme.objects.open_for_enrolment(today).defer(*RULES).order_by("enrol_until", "pk"), DAY
)
ListOf = Callable[[int, dt.datetime], QuerySet[Any]]  # what of this person's there is now; its rows are not read
ListOfPair = Callable[[int], QuerySet[Any]]  # the same of the pair that is the OuterRef, for this one of the two
HOME_LISTS: dict[str, ListOf] = {
    "offers": lambda person, now: SkillOffer.objects.filter(person=person),
    "wishes": lambda person, now: SkillWish.objects.filter(person=person),
}
_INVENTORY = prepared(
    lambda person: (
        Person.objects.filter(pk=person)
        .order_by()
        .values_list(
            Exists(SkillOffer.objects.filter(person=OuterRef("pk"))),
            Exists(SkillWish.objects.filter(person=OuterRef("pk"))),
        )
    ),
    KEY,
)


class Mine:
    """One person's pairs, meetings, enrolments and skills, as of `now`.

    `there_is` says of lists that are seldom long whether there is anything in them, where one query has asked it for
    all of them.
    """

    def __init__(self, person: Person, now: dt.datetime, there_is: Mapping[str, bool] | None = None) -> None:
        self.person = person
        self.now = now
        self._there_is = there_is or {}

    def may_have(self, name: str) -> bool:
        """Whether this list is worth a query."""
        return self._there_is.get(name, True)

    @cached_property
    def pairs(self) -> list[Pair]:
        """Open ones, and those completed lately on which the person has not left their words; each with `has_said`."""
        return _PAIRS(self.person.pk, self.now - STANDS)

    @property
    def known_pairs(self) -> list[Pair]:
        """Without those that they have not been asked about yet."""
        return [pair for pair in self.pairs if pair.is_known_to(self.person)]

    @property
    def running(self) -> list[Pair]:
        """In the order in which they started."""
        return sorted((pair for pair in self.pairs if pair.is_running), key=lambda pair: (pair.started_at, pair.pk))

    @cached_property
    def meetings(self) -> dict[int, list[Meeting]]:
        """Those of each open pair, the earliest first; each with `said`."""
        found = defaultdict(list)
        for meeting in _MEETINGS(self.person.pk):
            found[meeting.pair_id].append(meeting)
        return found

    @cached_property
    def enrolments(self) -> list[Enrolment]:
        """In programmes that are launched."""
        return _ENROLMENTS(self.person.pk)

    @cached_property
    def programmes_to_join(self) -> list[Programme]:
        """Open for enrolment and meant for this person, who has not said yes; the one whose time is up first leads."""
        joined = {enrolment.programme_id for enrolment in self.enrolments}
        today = timezone.localdate(self.now)
        opened = [each for each in _OPEN_PROGRAMMES(today) if each.pk not in joined]
        if self.person.kind == Person.Kind.EMPLOYEE and all(each.is_for_everybody for each in opened):
            return opened
        meant = Programme.objects.for_person(self.person).filter(pk__in=[each.pk for each in opened])
        keys = set(meant.values_list("pk", flat=True))
        return [each for each in opened if each.pk in keys]

    @cached_property
    def inventory(self) -> tuple[bool, bool]:
        """Whether they offer any skill, and whether they wish for any."""
        if "offers" in self._there_is:
            return self._there_is["offers"], self._there_is["wishes"]
        [(offers, wishes)] = _INVENTORY(self.person.pk)
        return offers, wishes


def may_have(pair: Pair, name: str) -> bool:
    """Whether this list of a pair is worth a query: its page reads with the pair whether there is anything in it."""
    return bool(getattr(pair, name, True))
