"""The dashboard's figures, counted once more in plain Python over the same rows: slow, and as the definitions say."""

import datetime as dt
import statistics
from collections.abc import Callable, Iterator

from goals.models import AgreementVersion, CheckIn, Goal
from mentoring.models import Enrolment, Impression, Meeting, Pair, Person
from tests.insights.history import NOW, is_over, month_of

Wanted = Callable[[Person], bool]


class Recount:
    """Of the people whom `wanted` lets through; a pair counts for each of its two who match."""

    def __init__(self, wanted: Wanted) -> None:
        self.people = [e for e in Enrolment.objects.select_related("person") if wanted(e.person)]
        pairs = Pair.objects.started().with_people().prefetch_related("meetings", "goals__ratings", "goals__milestones")
        self.sides = [(pair, person) for pair in pairs for person in pair.people if wanted(person)]
        self.wanted = wanted

    def held(self, pair: Pair) -> list[Meeting]:
        return [m for m in pair.meetings.all() if m.status == "held" and m.starts_at < NOW]

    def share(self, *parts: bool) -> float | None:
        return 100 * sum(parts) / len(parts) if parts else None

    def enrolled(self) -> float:
        return len(self.people)

    def suggested(self) -> float:
        return sum(Pair.objects.of(e.person).exists() for e in self.people)

    def active(self) -> float:
        return len({person.pk for _, person in self.sides})

    def completed(self) -> float:
        return len({person.pk for pair, person in self.sides if pair.status == "completed"})

    def days_to_pair(self) -> float | None:
        first = {p.pk: min(pair.started_at for pair, q in self.sides if q == p) for _, p in self.sides}  # type: ignore[type-var]
        return self.median((first[e.person_id] - e.enrolled_at).days for e in self.people if e.person_id in first)  # type: ignore[operator]

    def days_to_meeting(self) -> float | None:
        first = {p.pk: m.starts_at for pair, p in self.sides for m in sorted(self.held(pair), key=_late_first)}
        return self.median((first[e.person_id] - e.enrolled_at).days for e in self.people if e.person_id in first)

    def median(self, numbers: Iterator[int]) -> float | None:
        found = list(numbers)
        return statistics.median(found) if found else None

    def exchange(self) -> float | None:
        met = [pair for pair, _ in self.sides if self.held(pair)]
        return self.share(*(pair.is_exchange or self._both_share(pair) for pair in met))

    def _both_share(self, pair: Pair) -> bool:
        agreement = getattr(pair, "agreement", None)
        return bool(agreement and agreement.mentor_shares.exists() and agreement.mentee_shares.exists())

    def signed(self) -> float | None:
        old = [pair for pair, _ in self.sides if pair.started_at <= NOW - dt.timedelta(days=21)]  # type: ignore[operator]
        versions = AgreementVersion.objects.signed_by_both()
        return self.share(*(versions.filter(agreement__pair=pair).exists() for pair in old))

    def months(self, pair: Pair) -> Iterator[tuple[dt.date, float]]:
        """Each month in which the pair ran, with its days."""
        assert pair.started_at
        until = min(pair.finished_at or NOW, NOW)
        start = dt.datetime.combine(month_of(pair.started_at), dt.time(), dt.UTC)
        while start <= until:
            end = (start + dt.timedelta(days=31)).replace(day=1)
            yield start.date(), (min(end, until) - max(start, pair.started_at)) / dt.timedelta(days=1)
            start = end

    def regular(self) -> float | None:
        return self.share(
            *(any(month_of(m.starts_at) == month for m in self.held(pair))
              for pair, _ in self.sides for month, days in self.months(pair) if days >= 15)
        )  # fmt: skip

    def pace(self) -> float | None:
        days = sum(days for pair, _ in self.sides for _, days in self.months(pair))
        return sum(len(self.held(pair)) for pair, _ in self.sides) / (days / 30.4375) if days else None

    def next_date(self) -> float | None:
        running = [pair for pair, _ in self.sides if pair.is_running]
        return self.share(
            *(any(m.starts_at > NOW and m.status == "planned" for m in pair.meetings.all()) for pair in running)
        )

    def levels(self) -> float | None:
        return self.median(abs(pair.mentor.grade.level - pair.mentee.grade.level) for pair, _ in self.sides)  # type: ignore[union-attr]

    def tenure(self) -> float | None:
        days = (abs((pair.mentor.joined_on - pair.mentee.joined_on).days) for pair, _ in self.sides)  # type: ignore[operator]
        return self.median(each // 365 for each in days)

    def departments(self) -> float | None:
        return self.share(*(pair.mentor.department_id != pair.mentee.department_id for pair, _ in self.sides))

    def sites(self) -> float | None:
        return self.share(*(pair.mentor.site_id != pair.mentee.site_id for pair, _ in self.sides))

    def ended(self) -> float | None:
        return self.share(*(p.status == "ended" for p, _ in self.sides if p.status in ("ended", "completed")))

    # About private answers, of months that are over:

    def response(self) -> float | None:
        return self.share(*(c.status == "answered" for c in self._check_ins()))

    def _check_ins(self) -> list[CheckIn]:
        rows = [c for c in CheckIn.objects.select_related("person") if self.wanted(c.person)]
        return [c for c in rows if is_over(month_of(c.answered_at or c.lapses_at))]

    def happiness(self) -> float | None:
        return statistics.fmean(c.happiness or 0 for c in self._check_ins() if c.status == "answered")

    def information(self) -> float | None:
        return statistics.fmean(c.information or 0 for c in self._check_ins() if c.status == "answered")

    def _goals(self) -> list[Goal]:
        rows = Goal.objects.select_related("learner", "pair").prefetch_related("ratings", "milestones")
        return [goal for goal in rows if self.wanted(goal.learner)]

    def on_track(self) -> float | None:
        found = []
        for goal in self._goals():
            last = {month_of(rating.day): rating for rating in goal.ratings.all()}
            born = goal.created_at.date()
            whole = max(1, ((goal.due_on or born + dt.timedelta(days=182)) - born).days)
            found += [r.progress >= 100 * (r.day - born).days / whole for month, r in last.items() if is_over(month)]
        return self.share(*found)

    def learned(self) -> float | None:
        closed = [goal for goal in self._goals() if goal.closed_at and is_over(month_of(goal.closed_at))]
        return statistics.fmean(goal.gained or 0 for goal in closed)

    def moved(self) -> float | None:
        found = []
        for goal in self._goals():
            events = {month_of(r.day) for r in goal.ratings.all()}
            events |= {month_of(m.done_at) for m in goal.milestones.all() if m.done_at}
            month, last = month_of(goal.created_at), month_of(goal.closed_at or goal.pair.finished_at or NOW)
            while month <= last and is_over(month):
                found.append(month in events)
                month = (month + dt.timedelta(days=31)).replace(day=1)
        return self.share(*found)

    def both_learned(self) -> float | None:
        return self.share(*(i.learned == "both" for i in self._impressions() if i.learned))

    def talked_even(self) -> float | None:
        return self.share(*(i.talked == "even" for i in self._impressions() if i.talked))

    def _impressions(self) -> list[Impression]:
        rows = [i for i in Impression.objects.select_related("person", "meeting") if self.wanted(i.person)]
        return [i for i in rows if is_over(month_of(i.meeting.ends_at))]

    def by_senior(self) -> float | None:
        return self._cancelled(senior=True)

    def by_junior(self) -> float | None:
        return self._cancelled(senior=False)

    def _cancelled(self, *, senior: bool) -> float | None:
        sides = [(pair, person) for pair, person in self.sides if (person == pair.senior) is senior]
        return self.share(
            *(m.cancelled_by_id == person.pk for pair, person in sides for m in pair.meetings.all()
              if m.status != "planned" and is_over(month_of(m.starts_at)))
        )  # fmt: skip


def _late_first(meeting: Meeting) -> float:
    return -meeting.starts_at.timestamp()
