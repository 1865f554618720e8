"""HR approves, rejects and takes a rejection back; two at once never book anybody twice."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from matching.actions.suggestions import (
    NOT_AVAILABLE,
    ReportingLineError,
    approve,
    decision_in_words,
    reinstate,
    reject,
    withdraw_for,
)
from matching.models import Suggestion
from mentoring.actions import pairs
from mentoring.models import AuditEntry, Pair, Person, TransitionError
from notifications.models import Message
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_enrolment,
    make_person,
    make_programme,
    make_rather_not,
    make_request,
    make_skill,
    make_suggestion,
)

pytestmark = pytest.mark.django_db
Status = Suggestion.Status


def audited(action: str) -> list[tuple[str, str]]:
    rows = AuditEntry.objects.filter(action=action).select_related("by")
    return [(entry.by.name if entry.by else "", entry.object_name) for entry in rows]


def test_an_approved_suggestion_opens_the_pair_and_asks_the_junior() -> None:
    dana, back = make_dana(), make_skill(name="Budgets")
    suggestion = make_suggestion(is_exchange=True, return_skill=back)

    pair = approve(suggestion, by=dana)

    suggestion.refresh_from_db()
    assert (suggestion.status, suggestion.pair, suggestion.decided_by) == (Status.APPROVED, pair, dana)
    assert (pair.status, pair.skill, pair.return_skill) == (Pair.Status.ASKING_JUNIOR, suggestion.skill, back)
    assert pair.reasons == ["A sentence on the skill."]
    assert audited("suggestion.approved") == [("Dana", "Alice and Bob")]


def test_two_who_asked_for_each_other_begin_at_once() -> None:
    request = make_request(status=Status.PROPOSED)

    assert approve(request, by=make_dana()).status == Pair.Status.BEGINNING


def test_a_second_approval_says_who_was_first_and_when() -> None:
    suggestion = make_suggestion()
    approve(suggestion, by=make_dana())
    Suggestion.objects.update(decided_at=timezone.now() - dt.timedelta(minutes=1))

    with pytest.raises(TransitionError, match=r"^Dana approved this 1\sminute ago\.$"):
        approve(suggestion, by=make_charlie())
    assert Pair.objects.count() == 1


def test_a_person_who_left_since_is_not_asked() -> None:
    suggestion = make_suggestion()
    Person.objects.filter(pk=suggestion.mentor_id).update(left_on=dt.date(2026, 1, 1))

    with pytest.raises(ValidationError, match="Alice has left the company"):
        approve(suggestion, by=make_dana())
    assert Pair.objects.count() == 0


def test_a_reporting_line_needs_hrs_explicit_yes() -> None:
    bob, dana = make_bob(), make_dana()
    suggestion = make_suggestion(mentor=make_alice(manager=bob), mentee=bob)

    with pytest.raises(ReportingLineError, match=r"Alice reports to Bob\. Tick"):
        approve(suggestion, by=dana)

    assert approve(suggestion, by=dana, allow_reporting_line=True).status == Pair.Status.ASKING_JUNIOR
    assert AuditEntry.objects.get(action="suggestion.approved").changes == {"reporting_line_allowed": True}


def test_where_hr_relaxed_the_rule_a_reporting_line_needs_no_yes() -> None:
    bob = make_bob()
    suggestion = make_suggestion(
        mentor=make_alice(manager=bob), mentee=bob, programme=make_programme(no_reporting_line=False)
    )

    assert approve(suggestion, by=make_dana()).status == Pair.Status.ASKING_JUNIOR


def test_an_approval_is_taken_back_while_its_people_are_asked_and_those_who_heard_of_it_are_told() -> None:
    dana, suggestion = make_dana(), make_suggestion()
    pair = approve(suggestion, by=dana)
    Message.objects.update(status=Message.Status.SENT, sent_at=timezone.now())

    reinstate(suggestion, by=dana)

    suggestion.refresh_from_db()
    pair.refresh_from_db()
    assert (suggestion.status, suggestion.pair, pair.status) == (Status.PROPOSED, None, Pair.Status.WITHDRAWN)
    told = Message.objects.exclude(key__startswith="pair_asked")
    assert [(m.key, m.to) for m in told] == [(f"pair_withdrawn:{pair.pk}:{pair.junior_id}", pair.junior.user.email)]
    assert audited("suggestion.reinstated") == [("Dana", "Alice and Bob")]
    assert approve(suggestion, by=dana).status == Pair.Status.ASKING_JUNIOR


def test_an_approval_taken_back_before_anybody_heard_of_it_leaves_no_message() -> None:
    dana, suggestion = make_dana(), make_suggestion()
    approve(suggestion, by=dana)

    reinstate(suggestion, by=dana)

    assert not Message.objects.exists()


def test_an_approval_is_taken_back_whoever_has_answered_but_not_from_a_pair_that_started() -> None:
    dana, suggestion = make_dana(), make_suggestion()
    pair = approve(suggestion, by=dana)
    pairs.accept(pair, by=pair.junior)
    reinstate(suggestion, by=dana)
    pair = approve(suggestion, by=dana)
    now = timezone.now()
    Pair.objects.filter(pk=pair.pk).update(
        status=Pair.Status.ACTIVE, started_at=now, mentor_briefed_at=now, mentee_briefed_at=now
    )

    with pytest.raises(TransitionError, match="They have answered by now"):
        reinstate(suggestion, by=dana)


def test_a_private_change_of_mind_reads_like_any_other() -> None:
    request = make_request(status=Status.PROPOSED)
    make_rather_not(person=request.mentee, others=[request.mentor])

    with pytest.raises(ValidationError) as refused:
        approve(request, by=make_dana())
    assert refused.value.messages == [NOT_AVAILABLE]


def test_a_rejected_suggestion_keeps_hrs_reason_for_hr() -> None:
    dana, suggestion = make_dana(), make_suggestion()

    reject(suggestion, by=dana, because="They fell out last year.")

    suggestion.refresh_from_db()
    assert (suggestion.status, suggestion.decided_by) == (Status.REJECTED, dana)
    assert suggestion.rejected_because == "They fell out last year."
    assert audited("suggestion.rejected") == [("Dana", "Alice and Bob")]
    assert "fell out" not in str(AuditEntry.objects.values_list("changes", flat=True))
    assert Message.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT rejected_because FROM matching_suggestion")
        assert "fell out" not in cursor.fetchone()[0]


def test_two_who_asked_for_each_other_are_both_told_of_a_rejection_a_little_later() -> None:
    request = make_request(status=Status.PROPOSED)

    reject(request, by=make_dana(), because="No.")

    told = Message.objects.order_by("recipient")
    assert [message.subject for message in told] == [
        "HR did not approve your pair with Bob",
        "HR did not approve your pair with Alice",
    ]
    assert all(message.due_at > timezone.now() + dt.timedelta(minutes=5) for message in told)


def test_a_rejection_taken_back_waits_for_hr_again_and_nobody_hears_of_it() -> None:
    dana, request = make_dana(), make_request(status=Status.PROPOSED)
    reject(request, by=dana, because="No.")

    reinstate(request, by=dana)

    request.refresh_from_db()
    assert (request.status, request.decided_by, request.rejected_because) == (Status.PROPOSED, None, "")
    assert Message.objects.count() == 0
    assert audited("suggestion.reinstated") == [("Dana", "Alice and Bob")]


def test_what_was_not_rejected_cannot_be_taken_back() -> None:
    suggestion = make_suggestion()

    with pytest.raises(TransitionError, match="waits for HR"):
        reinstate(suggestion, by=make_dana())


def test_a_rejection_cannot_be_taken_back_once_the_two_are_suggested_anew() -> None:
    dana, suggestion = make_dana(), make_suggestion()
    reject(suggestion, by=dana)
    make_suggestion(mentor=suggestion.mentor, mentee=suggestion.mentee, programme=suggestion.programme)

    with pytest.raises(ValidationError, match="Alice and Bob have been suggested anew meanwhile"):
        reinstate(suggestion, by=dana)


@pytest.mark.parametrize("act", [approve, reject])
def test_what_is_replaced_cannot_be_decided(act: Callable[..., object]) -> None:
    suggestion = make_suggestion(status=Status.REPLACED)

    with pytest.raises(TransitionError, match="was replaced meanwhile"):
        act(suggestion, by=make_dana())


def test_the_suggestions_of_a_leaver_are_withdrawn_but_not_what_was_decided() -> None:
    programme, alice = make_programme(), make_alice()
    waiting = make_suggestion(mentor=alice, programme=programme)
    decided = make_suggestion(mentor=alice, mentee=make_charlie(), programme=programme, status=Status.REJECTED)
    elsewhere = make_suggestion(mentor=alice)

    withdraw_for([alice], programme=programme)

    for row in (waiting, decided, elsewhere):
        row.refresh_from_db()
    assert [row.status for row in (waiting, decided, elsewhere)] == ["withdrawn", "rejected", "proposed"]


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.DECLINED])
def test_where_a_suggestion_stands_names_nobody_who_is_not_in_hr(status: str) -> None:
    words = decision_in_words(make_suggestion(status=status))

    assert "Alice" not in words
    assert "Bob" not in words


@pytest.mark.django_db(transaction=True)
def test_a_hundred_overlapping_approvals_at_once_book_nobody_twice() -> None:
    """Ten mentors and ten mentees with one place each, every pair of them approved at the same moment by two in HR."""
    programme, hr = make_programme(), [make_dana(), make_dana(name="Eve")]
    mentors = [make_person(level=2) for _ in range(10)]
    mentees = [make_person(level=6) for _ in range(10)]
    for person in mentors + mentees:
        make_enrolment(person=person, programme=programme)
    rows = [make_suggestion(mentor=a, mentee=b, programme=programme) for a in mentors for b in mentees]
    ready, refused, broken = threading.Barrier(20), [], []

    def work(number: int) -> None:
        try:
            ready.wait()
            for row in rows[number::20]:
                try:
                    approve(row, by=hr[number % 2])
                except ValidationError as error:
                    refused.append(error.messages[0])
        except Exception as error:
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert broken == []
    pairs = list(Pair.objects.values_list("mentor", "mentee"))
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
    assert len(pairs) + len(refused) == 100
    assert len(pairs) == Suggestion.objects.filter(status=Status.APPROVED).count()
    assert {sentence.split(" has ")[1] for sentence in refused} <= {
        "no free place as mentor any more.",
        "no free place as mentee any more.",
    }
