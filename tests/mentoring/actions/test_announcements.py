import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mentoring.actions import announcements
from mentoring.actions.announcements import announce_next
from mentoring.actions.programmes import close
from mentoring.models import Person, Programme
from notifications.models import Message, Preference
from tests.builders import make_alice, make_bob, make_charlie, make_dana, make_enrolment, make_person, make_programme

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("recipient__person__name", flat=True))


def announce_all() -> int:
    batches = 0
    while announce_next():
        batches += 1
    return batches


def test_everybody_who_may_join_is_told_once() -> None:
    programme = make_programme(name="Across levels", announcing=True)
    make_alice()
    make_enrolment(person=make_bob(), programme=programme)
    make_person(name="Gone", left_on=timezone.localdate())
    make_person(name="Paula", kind=Person.Kind.PARTNER, partner_until=dt.date(2099, 1, 1))
    make_charlie()

    announce_all()

    assert told() == ["Alice", "Charlie"]
    message = Message.objects.first()
    assert message is not None
    assert (message.subject, message.url) == (
        "“Across levels” is open for enrolment", f"/programmes/{programme.pk}/"
    )  # fmt: skip
    assert not Programme.objects.get().announcing


def test_batches_follow_each_other_and_leave_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcements, "BATCH", 2)
    make_programme(announcing=True)
    people = [make_person(name=f"Person {n}") for n in range(5)]

    assert announce_all() == 3
    assert told() == [person.name for person in people]


def test_a_worker_that_starts_over_tells_nobody_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcements, "BATCH", 2)
    make_programme(announcing=True)
    for _ in range(3):
        make_person()
    announce_all()

    Programme.objects.update(announcing=True, announced_up_to=0)
    announce_all()

    assert Message.objects.count() == 3


def test_nobody_is_told_before_enrolment_opens_or_after_it_closed() -> None:
    today = timezone.localdate()
    make_alice()
    make_programme(announcing=True, enrol_from=today + dt.timedelta(days=1))
    make_programme(announcing=True, enrol_until=today - dt.timedelta(days=1))
    make_programme(announcing=True, status=Programme.Status.CLOSED)
    make_programme(announcing=False)

    assert announce_next() is False
    assert told() == []


def test_two_programmes_are_told_one_after_the_other() -> None:
    make_dana()
    make_programme(announcing=True)
    make_programme(announcing=True)

    assert announce_all() == 2
    assert Message.objects.count() == 2


def test_only_those_who_may_join_are_told() -> None:
    alice = make_alice()
    make_bob()
    make_programme(announcing=True, audience="chosen", departments=[alice.department_id])

    announce_all()

    assert told() == ["Alice"]


def test_the_messages_go_as_each_person_chose_and_cost_the_same_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    alice, bob = make_alice(), make_bob()
    for _ in range(20):
        make_person()
    Preference.objects.create(user=bob.user, kind="programme", by_email=False, in_app=True)
    make_programme(announcing=True)

    with django_assert_max_num_queries(8):
        announce_next()

    statuses = dict(Message.objects.values_list("recipient__person__name", "status"))
    assert (statuses["Alice"], statuses["Bob"], len(statuses)) == ("pending", "not_mailed", 22)
    assert alice.name in Message.objects.get(recipient=alice.pk).text


def test_an_announcement_that_was_stopped_does_not_begin_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcements, "BATCH", 2)
    programme = make_programme(announcing=True)
    people = [make_person() for _ in range(4)]
    announce_next()

    close(programme, by=people[0])
    announce_all()

    assert Message.objects.count() == 2
