"""Rows of agreements, goals and check-ins."""

from goals.actions.agreements import begin
from goals.links import check_in_url
from goals.models import Agreement, Goal, Milestone
from tests.builders import make_goal
from tests.permissions.matrix import ALICE, PAIR, Row, World, posted, who

ANSWERS = {"happiness": 4, "information": 4, "progress": 4, "help_wanted": "nobody", "words": ""}
BY_MAIL = who(anonymous=200, alice=302)  # she is signed in, and led to her own page
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


def milestone(world: World) -> list[int]:
    return [Milestone.objects.create(goal=_goal(world), title="Look around").pk]


def token(world: World) -> list[str]:
    return [check_in_url(world.check_in.pk).rstrip("/").rpartition("/")[2]]


GOAL = {"title": "Post once a week", "version": "1"}

ROWS = [
    Row("agreement", THE_TWO, args=agreement),
    Row("agreement-edit", THE_TWO, args=pair),
    Row("agreement-edit", posted(THE_TWO), args=pair, post=draft),
    Row("agreement-sign", posted(THE_TWO), args=agreement, post=lambda w: {"version": 1}),
    Row("agreement-version", THE_TWO, args=saved),
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
    Row("check-in", ALICE, args=lambda w: [w.check_in.pk]),
    Row("check-in", posted(ALICE), args=lambda w: [w.check_in.pk], post=lambda w: ANSWERS),
    Row("check-in-by-mail", BY_MAIL, args=token),
    Row("check-in-by-mail", BY_MAIL, args=token, post=lambda w: ANSWERS),
]
