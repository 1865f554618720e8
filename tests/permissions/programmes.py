"""Rows of programmes, enrolment, consent and quick questions."""

from mentoring.models import EnrolmentQuestion, Improvement, Publication
from tests.builders import make_pair, make_programme
from tests.permissions.matrix import ALICE, EMPLOYEES, HR, PAIR, SIGNED_IN, Row, World, posted, who

COLLEAGUES = who(pat=404)
ENROLLED = who(charlie=404, pat=404, dana=404)


def programme(world: World) -> list[int]:
    return [world.programme.pk]


def draft(world: World) -> list[int]:
    return [world.draft.pk]


def nothing(world: World) -> dict[str, object]:
    return {}


def everybody(world: World) -> dict[str, object]:
    return {"audience": "everybody", "version": 1}


def improvement(world: World) -> list[int]:
    return [Improvement.objects.create(author=world.alice, heard="Meetings are long", did="Halved them").pk]


def publication(world: World) -> list[int]:
    return [Publication.objects.create(on="2099-01-01").pk]


SENIORS = who(alice=403, charlie=403, pat=403)  # Bob is the senior of his pair; and HR

ROWS = [
    Row("programme-list", SIGNED_IN),
    Row("programme-create", HR),
    Row("programme-preview", HR, post=nothing),
    Row("programme-detail", COLLEAGUES, args=programme),
    Row("programme-detail", who(alice=404, bob=404, charlie=404, pat=404), args=draft),
    Row("programme-create", HR, post=nothing),
    Row("programme-edit", posted(HR), args=programme),
    Row("programme-step", HR, args=lambda w: [w.draft.pk, "people"]),
    Row("programme-step", posted(HR), args=lambda w: [w.draft.pk, "people"], post=everybody),
    Row("programme-as-seen", HR, args=draft),
    Row("programme-copy", posted(HR), args=programme, post=nothing),
    Row("invitee-list", HR, args=programme),
    Row("invitee-remove", posted(HR), args=programme, post=nothing),
    Row("enrolment-question-add", HR, args=programme, post=nothing),
    Row("enrolment-question-edit", HR, args=lambda w: [w.sign_up_question.pk]),
    Row("enrolment-question-edit", HR, args=lambda w: [w.sign_up_question.pk], post=nothing),
    Row("enrolment-question-remove", posted(HR), args=lambda w: [w.sign_up_question.pk], post=nothing),
    Row("enrolment-answers", HR, args=programme),
    Row("programme-launch", posted(HR), args=draft, post=nothing),
    Row("programme-close", posted(HR), args=programme, post=nothing),
    Row("enrol", COLLEAGUES, args=programme),
    Row("enrol", who(alice=404, bob=404, charlie=404, pat=404, dana=403), args=draft),
    Row("enrolment-withdraw", ENROLLED, args=programme),
    Row("enrolment-withdraw", posted(ENROLLED), args=programme, post=nothing),
    Row("new-pair", posted(ENROLLED), args=programme, post=nothing),
    Row("improvement-list", EMPLOYEES),
    Row("improvement-log", SENIORS),
    Row("improvement-log", SENIORS, post=nothing),
    Row("improvement-take-back", posted(who(bob=404, charlie=404, pat=403, dana=404)), args=improvement, post=nothing),
    Row("improvement-desk", HR),
    Row("improvement-desk", HR, post=nothing),
    Row("improvement-hold", posted(HR), args=improvement, post=nothing),
    Row("publication-remove", posted(HR), args=publication, post=nothing),
    Row("pair-list", SIGNED_IN),
    Row("pair-invitation", ALICE, args=lambda w: [w.asking.pk]),
    Row("pair-invitation", posted(ALICE), args=lambda w: [w.asking.pk], post=lambda w: {"answer": "no"}),
    Row("pair-invitation", PAIR, args=lambda w: [w.pair.pk]),
    Row("pair-take-back", posted(PAIR), args=lambda w: [w.question.pk], post=nothing),
    Row("pair-withdraw", posted(HR), args=lambda w: [w.pair.pk], post=nothing),
    Row("pair-withdraw", posted(HR, to=404), args=lambda w: [w.question.pk], post=nothing),
    Row("question-create", who(alice=200, bob=403, pat=404), query=lambda w: {"mentor": w.bob.pk}),
]


def fill(world: World) -> None:
    """Alice has been asked whether she would mentor Bob, who does not know; and she has put a question to him."""
    world.things["draft"] = make_programme(status="draft")
    world.things["sign_up_question"] = EnrolmentQuestion.objects.create(programme=world.programme, text="Why?")
    world.things["asking"] = make_pair(mentor=world.alice, mentee=world.bob, status="asking_junior")
    world.things["question"] = make_pair(mentor=world.bob, mentee=world.alice, kind="quick", status="asking_mentor")
