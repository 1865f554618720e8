"""What some pairs of the demo company show besides: a brainstorm at each of its stages, feedback, raised hands."""

import datetime as dt
from random import Random

from goals import pace as rules
from goals.models import Brainstorm, Decision, Feedback, Goal, Hand, HandMessage, Pace, Thought
from mentoring.actions.agreed_steps import agree
from mentoring.models import Meeting, Pair, Person
from reverse_mentoring.demo.words import FeedbackWords, HandWords, pair_words

SLOW, TALKING = 3, 40  # pairs with a brainstorm; pairs of which one has given feedback
DAY = dt.timedelta(days=1)


def write_together(pairs: list[Pair], random: Random, *, hr: Person, now: dt.datetime) -> None:
    """For pairs that started, with their history written."""
    running = [pair for pair in pairs if pair.status == Pair.Status.ACTIVE]
    Pace.objects.bulk_create((_pace(pair, random, now) for pair in running), batch_size=1000)
    for pair, stage in zip(_slow(running, now), ("open", "decided", "stuck"), strict=False):
        _brainstorm(pair, stage, now)
    words = pair_words().feedback
    chosen = random.sample(running, min(TALKING, len(running)))
    Feedback.objects.bulk_create(
        _feedback(pair, words[number % len(words)], number, random, now) for number, pair in enumerate(chosen)
    )
    for number, (pair, said) in enumerate(zip(chosen, pair_words().hands, strict=False)):
        _hand(pair, said, hr, now - (3 * number + 1) * DAY)


def _pace(pair: Pair, random: Random, now: dt.datetime) -> Pace:
    """Looked at for the first time tomorrow; half of the turns are behind."""
    assert pair.programme is not None
    days = random.randint(3, max((pair.programme.ends_on - now.date()).days - 14, 4))
    turn = now + days * DAY if random.random() < 0.5 else None
    return Pace(pair=pair, look_at=rules.next_look(pair, now), turn_at=turn, counts_from=pair.started_at or now)


def _slow(running: list[Pair], now: dt.datetime) -> list[Pair]:
    """Those that last met long ago and have nothing planned, with a goal to change first."""
    quiet = Meeting.objects.filter(starts_at__gt=now - 30 * DAY).exclude(status=Meeting.Status.CANCELLED)
    busy = set(quiet.values_list("pair", flat=True))
    with_goal = set(Goal.objects.open().filter(learner__pairs_as_mentee__in=running).values_list("pair", flat=True))
    slow = [pair for pair in running if pair.pk not in busy]
    return sorted(slow, key=lambda pair: pair.pk not in with_goal)[:SLOW]


def _brainstorm(pair: Pair, stage: str, now: dt.datetime) -> None:
    words, opened = pair_words().brainstorm, now - 6 * DAY
    pace = Pace.objects.get(pair=pair)
    session = Brainstorm.objects.create(
        pair=pair, status=stage, opened_at=opened, signs=rules.signs_of(pair, pace, opened), look_at=now + 15 * DAY,
        decided_at=now - 2 * DAY if stage == "decided" else None, hr_told_at=now - DAY if stage == "stuck" else None,
    )  # fmt: skip
    lines = {"works": words.works, "in_the_way": words.in_the_way, "way": words.ways if stage != "stuck" else ()}
    for part, texts in lines.items():
        Thought.objects.bulk_create(
            Thought(brainstorm=session, part=part, author=pair.people[number % 2], text=text)
            for number, text in enumerate(texts)
        )
    if stage == "stuck":
        return
    first, _, third, *_ = session.thoughts.filter(part="way")
    first.chosen_by.set(pair.people)
    third.chosen_by.set([pair.senior])
    done = now - 2 * DAY if stage == "decided" else None
    soon = now.date() + 14 * DAY
    step = agree(pair, by=pair.senior, owner=pair.senior, text=words.step, due_on=soon) if done else None
    Decision.objects.create(
        brainstorm=session, way=first, kind="step", owner=pair.senior, text=words.step, due_on=soon,
        carried_out_at=done, step=step,
    )  # fmt: skip
    goal = pair.goals.filter(status=Goal.Status.OPEN).first()
    if goal is not None:
        change = {"kind": "change", "owner": goal.learner, "goal": goal, "text": words.goal, "due_on": soon + 16 * DAY}
        Decision.objects.create(brainstorm=session, way=third, carried_out_at=done, **change)
    if done is not None:
        session.agreed.set(pair.people)
        if goal is not None:
            goal.title, goal.due_on = words.goal, soon + 16 * DAY
            goal.save()


def _feedback(pair: Pair, words: FeedbackWords, number: int, random: Random, now: dt.datetime) -> Feedback:
    author = pair.junior if random.random() < 0.7 else pair.senior
    written = now - random.randint(2, 50) * DAY
    feedback = Feedback(
        pair=pair, author=author, receiver=pair.partner_of(author), situation=words.situation, saw=words.saw,
        effect=words.effect, next=words.next, written_at=written, send_at=written + DAY,
        status=Feedback.Status.SENT, sent_at=written + DAY,
    )  # fmt: skip
    if number % 3 == 0:
        feedback.thanked_at = written + DAY + dt.timedelta(hours=3)
    if number == 1:
        feedback.status, feedback.sent_at, feedback.written_at = Feedback.Status.WAITING, None, now
        feedback.send_at = now + DAY
    return feedback


def _hand(pair: Pair, words: HandWords, hr: Person, at: dt.datetime) -> None:
    status = Hand.Status.ANSWERED if words.answers else Hand.Status.OPEN
    answered = at + dt.timedelta(hours=5)
    hand = Hand.objects.create(
        person=pair.junior, pair=pair, topic=words.topic, status=status, raised_at=at,
        touched_at=answered if words.answers else at,
    )  # fmt: skip
    HandMessage.objects.create(hand=hand, author=pair.junior, text=words.asks, sent_at=at)
    if words.answers:
        HandMessage.objects.create(hand=hand, author=hr, text=words.answers, sent_at=answered)
