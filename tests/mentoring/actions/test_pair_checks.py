import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from mentoring.actions import pair_checks, people
from mentoring.models import AuditEntry, Pair, PairConcern, PairWatch, Person, TransitionError
from notifications.models import Message
from tests.builders import make_alice, make_bob, make_charlie, make_dana, make_grade, make_pair, make_programme

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TOMORROW = NOW + dt.timedelta(days=2)


def watched_pair(**fields: Any) -> Pair:
    pair = make_pair(**fields)
    pair_checks.begin(NOW)
    return pair


def night() -> list[tuple[str, str]]:
    """What the next night finds."""
    PairWatch.objects.update(next_check_at=NOW)
    pair_checks.check_due(NOW)
    return list(PairConcern.objects.open().order_by("reason").values_list("reason", "sentence"))


def test_a_pair_is_found_when_one_comes_to_report_to_the_other() -> None:
    dana, pair = make_dana(), watched_pair()
    people.change_profile(pair.mentor, by=dana, manager=pair.mentee)

    assert night() == [("line", "Alice reports to Bob by now.")]
    assert Message.objects.filter(recipient=dana.user, kind="hr").count() == 1


def test_a_line_with_somebody_between_is_found_as_far_as_the_programme_says() -> None:
    charlie, pair = make_charlie(), watched_pair(programme=make_programme(reporting_line_levels=2))
    Person.objects.filter(pk=charlie.pk).update(manager=pair.mentee)
    Person.objects.filter(pk=pair.mentor_id).update(manager=charlie)

    assert night() == [
        ("line", "Alice and Bob stand in one reporting line by now, 2 levels apart."),
        ("manager", "Alice reports to Charlie by now."),
    ]


def test_a_reporting_line_that_hr_allowed_at_the_start_is_no_news() -> None:
    bob = make_bob()
    watched_pair(mentor=make_alice(manager=bob), mentee=bob)

    assert night() == []


def test_a_new_manager_is_told_once_and_not_again_when_hr_has_seen_it() -> None:
    dana, charlie, pair = make_dana(), make_charlie(), watched_pair()
    people.change_profile(pair.mentee, by=dana, manager=charlie)

    assert night() == night() == [("manager", "Bob reports to Charlie by now.")]
    pair_checks.decide(PairConcern.objects.get(), "kept", by=dana)

    assert night() == []
    pair.refresh_from_db()
    assert pair.is_running


def test_grades_that_turn_are_found() -> None:
    pair = watched_pair()
    Person.objects.filter(pk=pair.mentor_id).update(grade=make_grade(level=9))

    assert night() == [("turned", "Alice (Grade 9) stands above Bob (Grade 7) by now.")]


def test_when_somebody_leaves_hr_is_asked_about_the_other() -> None:
    dana, pair = make_dana(), watched_pair()
    people.leave(pair.mentee, by=dana)

    assert night() == [("left", "Bob has left the company, so the pair has ended. Alice is free again.")]
    pair_checks.decide(PairConcern.objects.get(), "replaced", by=dana)
    assert night() == []


def test_a_pair_that_ended_by_itself_needs_no_decision() -> None:
    dana, charlie, pair = make_dana(), make_charlie(), watched_pair()
    people.change_profile(pair.mentee, by=dana, manager=charlie)
    night()
    Pair.objects.update(status=Pair.Status.COMPLETED)

    assert night() == []
    assert PairConcern.objects.get().status == PairConcern.Status.OVER


@pytest.mark.parametrize("decision", ["ended", "replaced"])
def test_an_end_by_hr_tells_both_and_frees_their_places(decision: str) -> None:
    dana, pair = make_dana(), watched_pair()
    people.change_profile(pair.mentor, by=dana, manager=pair.mentee)
    night()

    concern = pair_checks.decide(PairConcern.objects.get(), decision, by=dana)

    pair.refresh_from_db()
    assert (pair.status, concern.status, concern.decided_by) == (Pair.Status.ENDED, decision, dana)
    told = Message.objects.filter(key__startswith="pair_ended_by_hr").values_list("recipient", flat=True)
    assert set(told) == {pair.mentor_id, pair.mentee_id}
    assert AuditEntry.objects.filter(action=AuditEntry.Action.PAIR_RECHECKED, by=dana).count() == 1
    with pytest.raises(TransitionError, match="Dana has decided on this meanwhile"):
        pair_checks.decide(concern, "kept", by=dana)


def test_a_pair_is_watched_from_its_start_and_looked_at_when_its_time_comes(django_assert_max_num_queries: Any) -> None:
    for _ in range(3):
        watched_pair()
    assert {watch.next_check_at > NOW for watch in PairWatch.objects.all()} == {True}

    with django_assert_max_num_queries(4):
        pair_checks.check_due(NOW)
    PairWatch.objects.update(next_check_at=NOW)
    with django_assert_max_num_queries(8):
        pair_checks.check_due(NOW)

    assert not PairWatch.objects.due(TOMORROW - dt.timedelta(days=2)).exists()
