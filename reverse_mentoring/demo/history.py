"""Four months in the life of a pair: meetings, agreement, goals, check-ins; drawn from a seeded Random."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.db.models import F
from django.db.models.functions import Least

from goals.agreement_words import FIELDS, SKILLS, content_from
from goals.models import Agreement, AgreementVersion, CheckIn, Goal, GoalRating, Milestone, Signature
from mentoring.actions.agreed_steps import reminder_of
from mentoring.actions.meeting_reminders import reminders_of
from mentoring.meeting_times import Diary, common_hours
from mentoring.models import (
    AgreedStep,
    Channel,
    Impression,
    Meeting,
    MeetingReminder,
    Pair,
    Person,
    PrivateNote,
    Skill,
    SkillWish,
)  # fmt: skip
from reverse_mentoring.demo.words import PairWords, pair_words

CHECK_IN_EVERY = dt.timedelta(days=30)
PLANNED_BEFORE = dt.timedelta(days=20)  # a meeting
LAPSES_AFTER = dt.timedelta(days=14)


@dataclass(frozen=True)
class Pace:
    """How a kind of pair gets on: days between meetings, how happy both are, how sure they are to sign and answer."""

    share: int
    days: tuple[int, int] | None  # None: they have not met
    mood: tuple[int, int]
    signs: float
    answers: float
    plans: float


PACES = (
    Pace(share=74, days=(18, 29), mood=(4, 5), signs=0.97, answers=0.88, plans=0.9),
    Pace(share=17, days=(30, 44), mood=(3, 4), signs=0.9, answers=0.75, plans=0.7),
    Pace(share=6, days=(55, 90), mood=(2, 3), signs=0.6, answers=0.6, plans=0.15),
    Pace(share=3, days=None, mood=(1, 3), signs=0.1, answers=0.4, plans=0.1),
)


@dataclass
class Book:
    """Rows to be written, in the order in which they rest on each other."""

    meetings: list[Meeting] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    versions: list[AgreementVersion] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    ratings: list[GoalRating] = field(default_factory=list)
    check_ins: list[CheckIn] = field(default_factory=list)
    notes: list[PrivateNote] = field(default_factory=list)
    steps: list[AgreedStep] = field(default_factory=list)
    impressions: list[Impression] = field(default_factory=list)
    # Agreement and skill, by the question that it answers.
    shares: dict[str, list[tuple[Agreement, Skill]]] = field(default_factory=lambda: {name: [] for name in SKILLS})

    def write(self, now: dt.datetime) -> None:
        Meeting.objects.bulk_create(self.meetings, batch_size=1000)
        Meeting.objects.update(created_at=Least(F("starts_at") - PLANNED_BEFORE, F("created_at")))
        planned = (meeting for meeting in self.meetings if meeting.status == Meeting.Status.PLANNED)
        reminders = [reminder for meeting in planned for reminder in reminders_of(meeting, now)]
        MeetingReminder.objects.bulk_create(reminders, batch_size=1000)
        Agreement.objects.bulk_create(self.agreements, batch_size=1000)
        for name, lines in self.shares.items():
            through = getattr(Agreement, name).through
            through.objects.bulk_create(through(agreement=agreement, skill=skill) for agreement, skill in lines)
        AgreementVersion.objects.bulk_create(self.versions, batch_size=1000)
        Signature.objects.bulk_create(self.signatures, batch_size=1000)
        Goal.objects.bulk_create(self.goals, batch_size=1000)
        Milestone.objects.bulk_create(self.milestones, batch_size=1000)
        GoalRating.objects.bulk_create(self.ratings, batch_size=1000)
        CheckIn.objects.bulk_create(self.check_ins, batch_size=1000)
        PrivateNote.objects.bulk_create(self.notes, batch_size=1000)
        AgreedStep.objects.bulk_create(self.steps, batch_size=1000, ignore_conflicts=True)  # the same words twice
        Impression.objects.bulk_create(self.impressions, batch_size=1000)


def write_history(pairs: list[Pair], random: Random, *, now: dt.datetime) -> None:
    """For pairs that started, with their people and skills loaded."""
    people = {person for pair in pairs for person in (pair.mentor_id, pair.mentee_id)}
    wishes = {(wish.person_id, wish.skill_id): wish for wish in SkillWish.objects.filter(person__in=people)}
    book = Book()
    for pair in pairs:
        _Story(pair, random, now, wishes, book).tell()
    book.write(now)


class _Story:
    """One pair's months, written into the book."""

    def __init__(
        self, pair: Pair, random: Random, now: dt.datetime, wishes: dict[tuple[int, int], SkillWish], book: Book
    ) -> None:
        self.pair, self.random, self.wishes, self.book = pair, random, wishes, book
        self.now = now
        self.until = min(pair.finished_at or now, now)
        self.began: dt.datetime = pair.started_at or now
        self.pace = random.choices(PACES, [pace.share for pace in PACES])[0]
        if pair.status == Pair.Status.COMPLETED:
            self.pace = PACES[0]
        self.words: PairWords = pair_words()
        self.channel = _shared_channel(pair)
        self.place = random.choice(self.words.places_in_person) if self.channel == Channel.IN_PERSON else ""

    def tell(self) -> None:
        held = self._meet()
        self._agree(held)
        self._set_goal(self.pair.mentee, self.pair.skill_id, held)
        if self.pair.return_skill_id:
            self._set_goal(self.pair.mentor, self.pair.return_skill_id, held)
        for person in self.pair.people:
            self._check_in(person)
        if held and self.random.random() < 0.25:
            words = self.random.choice(self.words.private_notes)
            self.book.notes.append(PrivateNote(pair=self.pair, author=self.random.choice(self.pair.people), text=words))

    def _meet(self) -> int:
        """Meetings held until now, and perhaps the next one planned; the number held."""
        if self.pace.days is None:
            return 0
        held, day = 0, self.began.date() + dt.timedelta(days=self.random.randint(7, 16))
        while day < self.until.date():
            held += self._meeting_on(day, first=held == 0)
            day += dt.timedelta(days=self.random.randint(*self.pace.days))
        if self.pair.is_running and self.random.random() < self.pace.plans:
            self._plan(max(day, self.now.date() + dt.timedelta(days=self.random.randint(2, 14))))
        return held

    def _meeting_on(self, day: dt.date, *, first: bool) -> bool:
        start = self._time_on(day)
        if start is None or start >= self.until - dt.timedelta(hours=2):
            return False
        lot = self.random.random()
        status = (
            Meeting.Status.HELD if lot < 0.9 else Meeting.Status.CANCELLED if lot < 0.97 else Meeting.Status.NOT_HELD
        )
        meeting = self._meeting(start, status, self._topic(first))
        if status == Meeting.Status.HELD:
            notes = self.words.first_notes if first else self.words.notes
            meeting.shared_notes = self.random.choice(notes) if self.random.random() < 0.7 else ""
            self._look_back(meeting)
        elif status == Meeting.Status.CANCELLED:  # the busier of the two more often
            meeting.cancelled_by = self.pair.senior if self.random.random() < 0.7 else self.pair.junior
        else:
            meeting.not_held_because = self.random.choice(Meeting.Because.values)
        return status == Meeting.Status.HELD

    def _look_back(self, meeting: Meeting) -> None:
        """What each took on, and what they thought of it; by a lot of its own, so that nothing else shifts."""
        lot = Random(len(self.book.meetings))
        for person in self.pair.people:
            if lot.random() < 0.7:
                learned, talked = lot.choice(("both", "both", "one")), lot.choice(("even", "even", "me", "other"))
                self.book.impressions.append(
                    Impression(meeting=meeting, person=person, learned=learned, talked=talked)
                )  # fmt: skip
            if lot.random() < 0.3:
                self._take_on(meeting, person, lot)

    def _take_on(self, meeting: Meeting, person: Person, lot: Random) -> None:
        """Done by now, but for some of the latest."""
        due = meeting.starts_at.date() + dt.timedelta(days=lot.randint(6, 20))
        done_at = min(meeting.ends_at + dt.timedelta(days=5), self.now)
        is_open = self.pair.is_running and due >= self.now.date()
        step = AgreedStep(
            pair=self.pair, meeting=meeting, owner=person, text=lot.choice(self.words.next_steps)[:200], due_on=due,
            created_at=meeting.ends_at, done_at=None if is_open else done_at,
            remind_at=reminder_of(person, due, self.now) if is_open else None,
        )  # fmt: skip
        self.book.steps.append(step)

    def _plan(self, day: dt.date) -> None:
        for ahead in range(10):
            start = self._time_on(day + dt.timedelta(days=ahead))
            if start is not None and start > self.now + dt.timedelta(hours=3):
                meeting = self._meeting(start, Meeting.Status.PLANNED, self._topic(first=False))
                meeting.accepted_at = self.now - dt.timedelta(days=1) if self.random.random() < 0.8 else None
                return

    def _meeting(self, start: dt.datetime, status: str, topic: str) -> Meeting:
        minutes = self.random.choice([45, 45, 60])
        meeting = Meeting(
            pair=self.pair,
            starts_at=start,
            ends_at=start + dt.timedelta(minutes=minutes),
            status=status,
            channel=self.channel,
            place=self.place,
            topic=topic,
            planned_by=self.pair.junior if self.random.random() < 0.65 else self.pair.senior,
        )
        self.book.meetings.append(meeting)
        return meeting

    def _topic(self, first: bool) -> str:
        topics = self.words.first_topics if first else self.words.topics[self.pair.skill.category.slug]
        return self.random.choice(topics).format(skill=self.pair.skill.name)

    def _time_on(self, day: dt.date) -> dt.datetime | None:
        """A whole or half hour at which both work."""
        spans = common_hours(_diary(self.pair.mentor), _diary(self.pair.mentee), day)
        if not spans:
            return None
        since, until = spans[0]
        halves = max(0, int((until - since) / dt.timedelta(minutes=30)) - 2)
        return since + dt.timedelta(minutes=30) * self.random.randint(0, halves)

    def _agree(self, held: int) -> None:
        if self.random.random() > self.pace.signs:
            return
        words = self.words
        agreement = Agreement(
            pair=self.pair,
            version=1,
            mentor_wants=self.random.choice(words.mentor_wants),
            mentee_wants=self.random.choice(words.mentee_wants),
            channel=self.channel,
            place=self.place,
            minutes=self.random.choice([45, 60]),
            confidentiality=self.random.choice(words.confidentiality),
            off_limits=self.random.choice(words.off_limits),
            ending=self.random.choice(words.ending),
            edited_by=self.pair.junior,
        )
        version = AgreementVersion(
            agreement=agreement,
            number=1,
            content=content_from(self.pair, self._answers(agreement)),
            saved_by=self.pair.junior,
            saved_at=self.began + (self.until - self.began) / 12,
        )
        self.book.agreements.append(agreement)
        self.book.versions.append(version)
        signers = self.pair.people if held else (self.pair.junior,)
        pause = (self.until - version.saved_at) / 20
        self.book.signatures.extend(
            Signature(version=version, person=person, signed_at=version.saved_at + n * pause)
            for n, person in enumerate(signers, 1)
        )

    def _answers(self, agreement: Agreement) -> dict[str, Any]:
        """Question → answer; the skills each way are the pair's own."""
        answers = {name: getattr(agreement, name) for name in FIELDS if name not in SKILLS}
        shares = {"mentor_shares": self.pair.skill, "mentee_shares": self.pair.return_skill}
        for name, skill in shares.items():
            answers[name] = [skill] if skill else []
            if skill:
                self.book.shares[name].append((agreement, skill))
        return answers

    def _set_goal(self, learner: Person, skill: int, held: int) -> None:
        wish = self.wishes.get((learner.pk, skill))
        if wish is None or (not held and self.random.random() < 0.7):
            return
        category = (
            self.pair.skill if skill == self.pair.skill_id else self.pair.return_skill or self.pair.skill
        ).category
        words = self.random.choice(self.words.goals[category.slug])
        name = self.pair.skill.name if skill == self.pair.skill_id else str(self.pair.return_skill)
        progress = min(100, held * self.random.randint(12, 24))
        reached = progress == 100 or (self.pair.status == Pair.Status.COMPLETED)
        goal = Goal(
            pair=self.pair,
            learner=learner,
            wish=wish,
            title=words.title.format(skill=name)[:160],
            why=words.why,
            measure=words.measure,
            due_on=self.now.date()
            + dt.timedelta(days=(-9 if self.random.random() < 0.05 else self.random.choice([20, 35, 45, 60]))),
            level_at_start=wish.present,
            level_now=min(5, wish.present + (progress + 30) // 60),
            progress=100 if reached else progress,
            status=Goal.Status.REACHED if reached else Goal.Status.OPEN,
            closed_at=self._closed_at() if reached else None,
        )
        goal.created_at = self.began + (self.until - self.began) / 8
        self.book.goals.append(goal)
        self._rate(goal, held)
        steps = len(words.milestones)
        for number, title in enumerate(words.milestones, start=1):
            done = number * 100 <= goal.progress * steps
            when = self.began + ((goal.closed_at or self.until) - self.began) * number / (steps + 1) if done else None
            self.book.milestones.append(Milestone(goal=goal, title=title[:160], done_at=when))

    def _closed_at(self) -> dt.datetime:
        """Of pairs that run on, earlier: they learn something else by now."""
        part = 0.97 if self.pair.status == Pair.Status.COMPLETED else 0.65
        return self.began + (self.until - self.began) * part

    def _rate(self, goal: Goal, held: int) -> None:
        """The learner's own view after each meeting, up to where it stands now."""
        level, gained = goal.level_at_start or 0, goal.gained or 0
        for step in range(held + 1):
            day = (self.began + ((goal.closed_at or self.until) - self.began) * step / (held + 1)).date()
            part = step / held if held else 0
            rating = GoalRating(
                goal=goal, day=day, level=level + round(gained * part), progress=int(goal.progress * part)
            )
            self.book.ratings.append(rating)

    def _check_in(self, person: Person) -> None:
        due, number = self.began + CHECK_IN_EVERY, 1
        while due < self.until:
            self.book.check_ins.append(self._one_check_in(person, number, due))
            due += CHECK_IN_EVERY
            number += 1
        if self.pair.is_running and self.book.check_ins and self.book.check_ins[-1].status != CheckIn.Status.WAITING:
            self.book.check_ins.append(_waiting(self.pair, person, number, due, ask_at=due))

    def _one_check_in(self, person: Person, number: int, due: dt.datetime) -> CheckIn:
        if self.pair.is_running and due > self.now - LAPSES_AFTER and self.random.random() < 0.35:
            ask_at = self.now + dt.timedelta(hours=self.random.randint(1, 90))
            return _waiting(self.pair, person, number, due, ask_at=ask_at)
        check_in = CheckIn(pair=self.pair, person=person, number=number, due_at=due, lapses_at=due + LAPSES_AFTER)
        if self.random.random() > self.pace.answers:
            check_in.status = CheckIn.Status.LAPSED
            return check_in
        mood = [max(1, min(5, self.random.randint(*self.pace.mood) + self.random.choice([-1, 0, 0, 0]))) for _ in "hip"]
        check_in.status = CheckIn.Status.ANSWERED
        check_in.happiness, check_in.information, check_in.progress = mood
        check_in.answered_at = min(due + dt.timedelta(hours=self.random.randint(2, 120)), self.now)
        if self.random.random() < 0.3:
            check_in.words = self.random.choice(self._feelings(sum(mood) / 3))
        check_in.share_with_hr = self.random.random() < 0.2
        if max(mood) <= 2 and self.random.random() < 0.4:
            check_in.help_wanted = CheckIn.Help.HR
        return check_in

    def _feelings(self, mood: float) -> tuple[str, ...]:
        words = self.words
        return words.check_in_content if mood > 3.5 else words.check_in_mixed if mood > 2.3 else words.check_in_low


def _waiting(pair: Pair, person: Person, number: int, due: dt.datetime, *, ask_at: dt.datetime) -> CheckIn:
    return CheckIn(
        pair=pair, person=person, number=number, due_at=due, remind_at=ask_at, lapses_at=max(due, ask_at) + LAPSES_AFTER
    )


def _diary(person: Person) -> Diary:
    return Diary(
        zone=person.zone, starts=person.work_starts, ends=person.work_ends, days=frozenset(person.working_days)
    )


def _shared_channel(pair: Pair) -> str:
    """What both like best; in person only where they share a site."""
    rank = {c: pair.mentor.channels.index(c) + pair.mentee.channels.index(c) for c in pair.mentor.channels}
    if pair.mentor.site_id != pair.mentee.site_id:
        rank.pop(Channel.IN_PERSON, None)
    usable = [c for c in rank if c in (Channel.IN_PERSON, Channel.VIDEO, Channel.PHONE)]
    return min(usable, key=lambda channel: (rank[channel], channel))
