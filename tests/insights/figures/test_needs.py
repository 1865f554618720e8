import datetime as dt

import pytest

from goals.models import Agreement, AgreementVersion, CheckIn, Goal, Signature
from insights.figures.needs import PairInNeed, needing_a_hand, pairs_in_need, rank, with_all_it_shows
from insights.models import PairNeed
from mentoring.models import HelpOffer, Pair, Programme
from tests.builders import make_dana, make_meeting, make_pair, make_person, make_programme

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)


def ago(days: int) -> dt.datetime:
    return NOW - dt.timedelta(days=days)


def make_signed_pair(*, programme: Programme, started: int = 60) -> Pair:
    pair = make_pair(
        programme=programme, mentor=make_person(level=1), mentee=make_person(level=6), started_at=ago(started)
    )
    version = AgreementVersion.objects.create(agreement=Agreement.objects.create(pair=pair), number=1, content={})
    for person in pair.people:
        Signature.objects.create(version=version, person=person)
    return pair


def needs(programme: Programme) -> list[PairInNeed]:
    among = Pair.objects.filter(programme=programme)
    PairNeed.objects.bulk_create(rank(pair, NOW) for pair in needing_a_hand(among, NOW))
    return pairs_in_need(with_all_it_shows(PairNeed.objects.all(), NOW), NOW)


def reasons(programme: Programme) -> list[list[str]]:
    return [need.reasons for need in needs(programme)]


def test_a_pair_that_meets_needs_nothing() -> None:
    programme = make_programme()
    make_meeting(pair=make_signed_pair(programme=programme), starts_at=ago(10), status="held")

    assert reasons(programme) == []


def test_a_pair_that_never_met_needs_a_hand_after_three_weeks() -> None:
    programme = make_programme()
    make_signed_pair(programme=programme, started=22)
    make_signed_pair(programme=programme, started=20)

    assert reasons(programme) == [["No meeting in 22 days since they started."]]


def test_how_long_a_pair_may_be_quiet_is_for_the_programme_to_say() -> None:
    patient, eager = make_programme(slow_days_without_meeting=40), make_programme(slow_days_without_meeting=10)
    for programme in (patient, eager):
        make_meeting(pair=make_signed_pair(programme=programme), starts_at=ago(35), status="held")

    assert reasons(patient) == []
    assert reasons(eager) == [["No meeting for 35 days, and none planned."]]


def test_a_pair_with_no_meeting_for_a_month_needs_a_hand_unless_one_is_planned() -> None:
    programme = make_programme()
    quiet, planned = make_signed_pair(programme=programme), make_signed_pair(programme=programme)
    make_meeting(pair=quiet, starts_at=ago(31), status="held")
    make_meeting(pair=planned, starts_at=ago(31), status="held")
    make_meeting(pair=planned, starts_at=NOW + dt.timedelta(days=2))

    assert reasons(programme) == [["No meeting for 31 days, and none planned."]]


def test_who_asked_hr_for_help_comes_first_and_alone_is_named() -> None:
    programme = make_programme()
    make_signed_pair(programme=programme)
    pair = make_signed_pair(programme=programme)
    make_meeting(pair=pair, starts_at=ago(5), status="held")
    CheckIn.objects.create(
        pair=pair, person=pair.mentor, number=1, status="answered", due_at=ago(9), lapses_at=NOW, answered_at=ago(8),
        happiness=2, information=2, progress=2, help_wanted="hr", words="He talks all the time.",
    )  # fmt: skip

    first = needs(programme)[0]

    assert first.reasons == [f"{pair.mentor.name} asked HR for help."]
    assert first.proposal == f"Answer {pair.mentor.name} alone: the partner does not know that they asked."


def test_an_overdue_goal_and_an_unsigned_agreement_are_reasons() -> None:
    programme = make_programme()
    pair = make_pair(programme=programme, started_at=ago(40))
    make_meeting(pair=pair, starts_at=ago(5), status="held")
    Goal.objects.create(pair=pair, learner=pair.mentee, title="Run our channel", due_on=ago(1).date())

    assert reasons(programme) == [["The agreement is not signed by both.", "A goal is past its date."]]


def test_low_answers_that_were_not_shared_are_no_reason() -> None:
    programme = make_programme()
    pair = make_signed_pair(programme=programme)
    make_meeting(pair=pair, starts_at=ago(5), status="held")
    CheckIn.objects.create(
        pair=pair, person=pair.mentor, number=1, status="answered", due_at=ago(9), lapses_at=NOW, answered_at=ago(8),
        happiness=1, information=1, progress=1,
    )  # fmt: skip

    assert reasons(programme) == []


def test_whoever_works_in_hr_does_not_see_their_own_pair() -> None:
    programme = make_programme()
    pair = make_signed_pair(programme=programme)
    dana = make_dana()
    pair.mentee.user.is_hr = True

    assert len(needs(programme)) == 1
    assert list(PairNeed.objects.visible_to(pair.mentee.user)) == []
    assert [need.pair for need in PairNeed.objects.visible_to(dana.user)] == [pair]
    assert list(PairNeed.objects.visible_to(pair.mentor.user)) == []


def test_what_helps_fits_the_reason_and_who_asked_alone_is_answered_alone() -> None:
    programme = make_programme()
    quiet, asking = make_signed_pair(programme=programme), make_signed_pair(programme=programme)
    make_meeting(pair=asking, starts_at=ago(5), status="held")
    CheckIn.objects.create(
        pair=asking, person=asking.mentee, number=1, status="answered", due_at=ago(9), lapses_at=NOW,
        answered_at=ago(8), happiness=2, information=2, progress=2, help_wanted="hr",
    )  # fmt: skip

    steps = {need.pair: [(step.kind, step.to, step.first) for step in need.steps] for need in needs(programme)}

    assert steps == {
        asking: [("call", asking.mentee, True)],
        quiet: [("nudge", None, True), ("call", None, False), ("new_pair", None, False)],
    }


def test_what_was_done_this_week_is_told_and_the_next_step_comes_first() -> None:
    programme = make_programme()
    pair = make_signed_pair(programme=programme)
    HelpOffer.objects.create(pair=pair, kind="nudge", by=make_dana(), at=ago(2))

    steps = needs(programme)[0].steps

    assert [(step.kind, step.done, step.first) for step in steps] == [
        ("nudge", "Dana, 2\xa0days ago", False), ("call", "", True), ("new_pair", "", False),
    ]  # fmt: skip
