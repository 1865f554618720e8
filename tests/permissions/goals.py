"""Rows of agreements, goals, check-ins, brainstorms, feedback and raised hands."""

import datetime as dt

from django.utils import timezone

from goals.actions.agreements import begin
from goals.actions.brainstorms import Plan, choose, decide, write
from goals.actions.feedback import ask, give
from goals.actions.hands import raise_hand
from goals.links import check_in_url
from goals.models import Agreement, Brainstorm, Decision, Evidence, Feedback, Goal, Milestone, Thought
from tests.builders import make_goal, make_meeting, make_pair, make_sheet, make_survey
from tests.permissions.matrix import ALICE, HR, PAIR, SIGNED_IN, Row, World, posted, who

ANSWERS = {"happiness": 4, "information": 4, "progress": 4, "help_wanted": "nobody", "words": ""}
# Who is signed in is led to their own page, and nobody to another's.
BY_MAIL = who(anonymous=200, alice=302, bob=404, charlie=404, pat=404, dana=404)
THE_TWO = who(charlie=404, pat=404, dana=403)  # HR knows that the pair is there
LEARNER = who(alice=200, bob=403, charlie=404, pat=404, dana=404)  # Alice's goal: Bob reads it


def pair(world: World) -> list[int]:
    return [world.pair.pk]


def agreement(world: World) -> list[int]:
    """Saved once."""
    begin(world.pair)
    row = Agreement.objects.get(pair=world.pair)
    row.version = 1
    row.save()
    row.versions.update_or_create(number=1, defaults={"content": []})
    return [world.pair.pk]


def saved(world: World) -> list[int]:
    return [*agreement(world), 1]


def draft(world: World) -> dict[str, object]:
    return {"version": 0, "channel": "video", "every_weeks": 4, "minutes": 45, "invites": "turns",
            "reply_within_days": 3}  # fmt: skip


def _goal(world: World, **fields: object) -> Goal:
    return make_goal(pair=world.pair, learner=world.alice, **fields)


def goal(world: World) -> list[int]:
    return [_goal(world).pk]


def closed_goal(world: World) -> list[int]:
    return [_goal(world, status="reached").pk]


def kept(world: World) -> list[int]:
    """Of a pair of Alice's with Charlie that is over."""
    over = make_pair(mentor=world.alice, mentee=world.charlie, status="ended")
    return [world.pair.pk, make_goal(pair=over, learner=world.alice).pk]


def milestone(world: World) -> list[int]:
    return [Milestone.objects.create(goal=_goal(world), title="Look around").pk]


def token(world: World) -> list[str]:
    return [check_in_url(world.check_in.pk).rstrip("/").rpartition("/")[2]]


def evidence(world: World) -> list[int]:
    return [Evidence.objects.create(goal=_goal(world), text="Posted once").pk]


def _brainstorm(world: World) -> Brainstorm:
    """A pair has one at a time."""
    look_at = timezone.now() + dt.timedelta(days=21)
    return Brainstorm.objects.get_or_create(pair=world.pair, status="open", defaults={"look_at": look_at})[0]


def brainstorm(world: World) -> list[int]:
    return [_brainstorm(world).pk]


def part(world: World) -> list[object]:
    return [_brainstorm(world).pk, "works"]


def _way(world: World) -> Thought:
    """Alice's, and her choice."""
    line = write(_brainstorm(world), by=world.alice, part="way", text="Walk")
    choose(line, by=world.alice, chosen=True)
    return line


def way(world: World) -> list[int]:
    return [_way(world).pk]


def _decision(world: World) -> Decision:
    return decide(_way(world), by=world.bob, plan=Plan(kind="step", owner=world.alice, text="Book it"))


def decision(world: World) -> list[int]:
    return [_decision(world).pk]


def _feedback(world: World, *, at_once: bool = True) -> Feedback:
    return give(world.pair, by=world.alice, words=FEEDBACK, at_once=at_once)


def feedback(world: World) -> list[int]:
    return [_feedback(world).pk]


def slept_on(world: World) -> list[int]:
    return [_feedback(world, at_once=False).pk]


def asked(world: World) -> list[int]:
    return [ask(_feedback(world), by=world.bob, question="Which?").pk]


def hand(world: World) -> list[int]:
    return [raise_hand(world.alice, topic="time", text="Help", pair=world.pair).pk]


RECEIVER = who(alice=403, charlie=404, pat=404, dana=404)  # Bob received it from Alice
HAND = who(bob=404, charlie=404, pat=404)  # Alice raised it; Dana answers
FEEDBACK = {"situation": "On Tuesday.", "saw": "Two mails.", "effect": "I left.", "next": "Later?", "when": "now"}
STEP = {"kind": "step", "text": "Book it"}
GOAL = {"title": "Post once a week", "version": "1"}


def sheet(world: World) -> list[int]:
    """Hers, with one statement to answer."""
    return [make_sheet(survey=make_survey(programme=world.programme), person=world.alice).pk]


def survey(world: World) -> list[int]:
    return [make_survey(programme=world.programme).pk]


ROWS = [
    Row("agreement", THE_TWO, args=agreement),
    Row("agreement-edit", THE_TWO, args=pair),
    Row("agreement-edit", posted(THE_TWO), args=pair, post=draft),
    Row("agreement-sign", posted(THE_TWO), args=agreement, post=lambda w: {"version": 1}),
    Row("agreement-version", THE_TWO, args=saved),
    Row("agreement-pdf", THE_TWO, args=saved),
    Row("goal-take-up", posted(who(bob=404, charlie=404, pat=404, dana=403)), args=kept, post=lambda w: {}),
    Row("goal-create", THE_TWO, args=pair),
    Row("goal-create", posted(THE_TWO), args=pair, post=lambda w: GOAL),
    Row("goal-detail", PAIR, args=goal),
    Row("goal-edit", LEARNER, args=goal),
    Row("goal-edit", posted(LEARNER), args=goal, post=lambda w: GOAL),
    Row("goal-rate", posted(LEARNER), args=goal, post=lambda w: {"progress": 50}),
    Row("goal-close", posted(LEARNER), args=goal, post=lambda w: {"reached": "yes"}),
    Row("goal-reopen", posted(LEARNER), args=closed_goal, post=lambda w: {}),
    Row("milestone-create", posted(LEARNER), args=goal, post=lambda w: {"title": "Post once"}),
    Row("milestone-tick", posted(LEARNER), args=milestone, post=lambda w: {"done": "yes"}),
    Row("milestone-remove", posted(LEARNER), args=milestone, post=lambda w: {}),
    Row("evidence-create", posted(LEARNER), args=goal, post=lambda w: {"text": "Posted once"}),
    Row("evidence-remove", posted(LEARNER), args=evidence, post=lambda w: {}),
    Row("check-in", ALICE, args=lambda w: [w.check_in.pk]),
    Row("check-in", posted(ALICE), args=lambda w: [w.check_in.pk], post=lambda w: ANSWERS),
    Row("check-in-by-mail", BY_MAIL, args=token),
    Row("check-in-by-mail", BY_MAIL, args=token, post=lambda w: ANSWERS),
    Row("brainstorm", PAIR, args=brainstorm),
    Row("brainstorm-agree", posted(PAIR), args=brainstorm, post=lambda w: {}),
    Row("thought-write", posted(PAIR), args=part, post=lambda w: {"text": "We laugh"}),
    Row("thought-remove", posted(LEARNER), args=way, post=lambda w: {}),
    Row("thought-choose", posted(PAIR), args=way, post=lambda w: {"chosen": "yes"}),
    Row("thought-decide", PAIR, args=way),
    Row("thought-decide", posted(PAIR), args=way, post=lambda w: {**STEP, "owner": w.alice.pk}),
    Row("decision-remove", posted(PAIR), args=decision, post=lambda w: {}),
    Row("meeting-goals", posted(PAIR), args=lambda w: [make_meeting(pair=w.pair, status="held").pk], post=lambda w: {}),
    Row("feedback-list", THE_TWO, args=pair),
    Row("feedback-create", THE_TWO, args=pair),
    Row("feedback-create", posted(THE_TWO), args=pair, post=lambda w: FEEDBACK),
    Row("feedback-detail", PAIR, args=feedback),
    Row("feedback-detail", ALICE, args=slept_on),
    Row("feedback-take-back", posted(ALICE), args=slept_on, post=lambda w: {}),
    Row("feedback-send", posted(ALICE), args=slept_on, post=lambda w: {}),
    Row("feedback-thank", posted(RECEIVER), args=feedback, post=lambda w: {}),
    Row("feedback-keep", posted(RECEIVER), args=feedback, post=lambda w: {"kept": "yes"}),
    Row("feedback-ask", posted(RECEIVER), args=feedback, post=lambda w: {"question": "Which?"}),
    Row("feedback-reply", posted(LEARNER), args=asked, post=lambda w: {"answer": "These."}),
    Row("hand-list", SIGNED_IN),
    Row("hand-create", SIGNED_IN),
    # Dana is all there is of HR, and is told that nobody could answer her.
    Row("hand-create", {**posted(SIGNED_IN), "dana": 200}, post=lambda w: {"topic": "time", "text": "Help"}),
    Row("hand-detail", HAND, args=hand),
    Row("hand-write", posted(HAND), args=hand, post=lambda w: {"text": "More"}),
    Row("hand-close", posted(HAND), args=hand, post=lambda w: {}),
    Row("hand-desk", HR),
    Row("hand-desk-tab", HR, args=lambda w: ["closed"]),
    Row("survey-list", HR, args=lambda w: [w.programme.pk]),
    Row("survey-create", HR, args=lambda w: [w.programme.pk]),
    Row("survey-create", HR, args=lambda w: [w.programme.pk], post=lambda w: {}),
    Row("survey-edit", HR, args=survey),
    Row("survey-edit", HR, args=survey, post=lambda w: {}),
    Row("survey-move", posted(HR), args=lambda w: [*survey(w), "close"], post=lambda w: {}),
    Row("survey-results", HR, args=survey),
    Row("survey-results-file", HR, args=survey),
    Row("survey-sheet", ALICE, args=sheet),
    Row("survey-sheet", ALICE, args=sheet, post=lambda w: {}),
]
