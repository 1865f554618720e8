"""Rows of a pair's page, its meetings and notes, and the private calendar address."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from mentoring.actions.calendar_feeds import make_anew
from mentoring.actions.closings import share
from tests.builders import make_meeting, make_note, make_pair, make_step
from tests.permissions.matrix import ALICE, EVERYBODY, PAIR, PAIR_AND_HR, SIGNED_IN, Row, World, posted, who

# HR knows that the pair is there, so it is told that this part is not for HR; of a meeting it does not even know.
THE_TWO = who(charlie=404, pat=404, dana=403)


JUNIOR = who(bob=403, charlie=404, pat=404, dana=404)  # Alice sets the agenda of a meeting with Bob


def pair(world: World) -> list[Any]:
    return [world.pair.pk]


def begun(world: World) -> list[Any]:
    return [make_pair(mentor=world.alice, mentee=world.bob, status="beginning").pk]


def completed(world: World) -> list[Any]:
    return [make_pair(mentor=world.alice, mentee=world.bob, status="completed").pk]


def shared(world: World) -> list[Any]:
    pair = make_pair(mentor=world.alice, mentee=world.bob, status="completed")
    return [share(pair, by=world.alice).token]


def meeting(**fields: Any) -> Callable[[World], list[Any]]:
    return lambda world: [make_meeting(pair=world.pair, **fields).pk]


def yesterday() -> dt.datetime:
    return timezone.now() - dt.timedelta(days=1)


def plan(world: World) -> dict[str, Any]:
    day = timezone.localdate() + dt.timedelta(days=9)
    return {"day": day.isoformat(), "clock": "11:00", "minutes": "45", "channel": "video"}


def logged(world: World) -> dict[str, Any]:
    return {"took_place": "yes", "minutes": "45"}


def recorded(world: World) -> dict[str, Any]:
    return {"day": timezone.localdate().isoformat(), "clock": "00:00", "minutes": "5", "channel": "phone"}


def note(world: World) -> list[Any]:
    return [make_note(pair=world.pair, author=world.alice).pk]


def step(world: World) -> list[Any]:
    return [make_step(pair=world.pair).pk]


def words(world: World) -> dict[str, Any]:
    return {"text": "Mine"}


def nothing(world: World) -> dict[str, Any]:
    return {}


ahead, held, to_log = meeting(), meeting(status="held"), meeting(starts_at=yesterday())
ROWS = [
    Row("pair-detail", PAIR_AND_HR, args=pair),
    Row("pair-briefing", THE_TWO, args=pair),
    Row("pair-briefing", posted(THE_TWO), args=begun, post=nothing),
    Row("pair-go-on", posted(THE_TWO), args=pair),  # which has started
    Row("pair-go-on", THE_TWO, args=begun),
    Row("pair-go-on", posted(THE_TWO), args=begun, post=lambda w: {"answer": "not_this_one"}),
    Row("meeting-plan", THE_TWO, args=pair),
    Row("meeting-plan", posted(THE_TWO), args=pair, post=plan),
    Row("meeting-clock", THE_TWO, args=pair),
    Row("meeting-record", THE_TWO, args=pair),
    Row("meeting-record", posted(THE_TWO), args=pair, post=recorded),
    Row("meeting-detail", PAIR, args=ahead),
    Row("meeting-file", PAIR, args=ahead),
    Row("meeting-accept", posted(PAIR), args=ahead, post=nothing),
    Row("meeting-move", PAIR, args=ahead),
    Row("meeting-move", posted(PAIR), args=ahead, post=plan),
    Row("meeting-cancel", PAIR, args=ahead),
    Row("meeting-cancel", posted(PAIR), args=ahead, post=nothing),
    Row("meeting-log", PAIR, args=to_log),
    Row("meeting-log", posted(PAIR), args=to_log, post=logged),
    Row("meeting-notes", PAIR, args=held),
    Row("meeting-notes", posted(PAIR), args=held, post=nothing),
    Row("meeting-impression", posted(PAIR), args=held, post=lambda w: {"learned": "both"}),
    Row("next-step-create", THE_TWO, args=pair),
    Row("next-step-create", posted(THE_TWO), args=pair, post=lambda w: {"text": "Try it", "owner": str(w.alice.pk)}),
    Row("next-step-tick", posted(PAIR), args=step, post=lambda w: {"done": "yes"}),
    Row("next-step-remove", posted(PAIR), args=step, post=nothing),
    Row("note-create", THE_TWO, args=pair),
    Row("note-create", posted(THE_TWO), args=pair, post=words),
    Row("note-edit", ALICE, args=note),
    Row("note-edit", posted(ALICE), args=note, post=words),
    Row("note-delete", posted(ALICE), args=note, post=nothing),
    Row("pair-pause", THE_TWO, args=pair),
    Row("pair-pause", posted(THE_TWO), args=pair, post=nothing),
    Row("pair-resume", THE_TWO, args=pair),
    Row("pair-resume", posted(THE_TWO), args=pair, post=nothing),
    Row("pair-complete", THE_TWO, args=pair),
    Row("pair-complete", THE_TWO, args=pair, post=nothing),  # refused with a word: there was no meeting yet
    Row("pair-end", THE_TWO, args=pair),
    Row("pair-end", posted(THE_TWO), args=pair, post=nothing),
    Row("pair-closing", THE_TWO, args=completed),
    Row("pair-closing", posted(THE_TWO), args=completed, post=lambda w: {"learned": "Much"}),
    Row("pair-certificate", THE_TWO, args=completed),
    Row("certificate-share", posted(THE_TWO), args=completed, post=nothing),
    Row("certificate", EVERYBODY, args=shared),
    Row("certificate", who(404, 404, 404, 404, 404, 404), args=lambda w: ["nonsense"]),
    Row("calendar", SIGNED_IN),
    Row("calendar", SIGNED_IN, post=nothing),
    Row("calendar-revoke", posted(SIGNED_IN), post=nothing),
    Row("calendar-feed", EVERYBODY, args=lambda w: [make_anew(w.alice)]),
    Row("meeting-agenda", PAIR, args=ahead),
    Row("meeting-agenda", posted(JUNIOR), args=ahead, post=words),
    Row("agenda-point", posted(PAIR), args=ahead, post=words),
]
