import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from mentoring.actions import people
from mentoring.models import AuditEntry, Person, Photo, TransitionError
from mentoring.signals import people_left
from tests.builders import PASSWORD, make_alice, make_bob, make_charlie, make_dana, make_invitation

pytestmark = pytest.mark.django_db


def test_joining_makes_an_account_with_its_person_and_records_it() -> None:
    person = people.join(email="New@Demo.example", password=PASSWORD, name="Nora")

    assert (person.name, person.kind, person.user.email) == ("Nora", "employee", "new@demo.example")
    assert person.user.check_password(PASSWORD)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by, entry.changes) == ("person.joined", person, {"kind": "employee"})


def test_joining_takes_up_the_invitation() -> None:
    invitation = make_invitation(email="new@partner.example")

    people.join(email="new@partner.example", password=PASSWORD, name="Nora", invitation=invitation)

    invitation.refresh_from_db()
    assert invitation.accepted_at is not None


def test_a_partner_joins_with_an_end_and_a_promise() -> None:
    invitation = make_invitation(email="new@partner.example", kind="partner")

    person = people.join(
        email="new@partner.example", password=PASSWORD, name="Nora", invitation=invitation, is_confidential=True
    )

    assert (person.kind, person.partner_until) == ("partner", invitation.partner_until)
    assert person.confidential_since is not None


def test_a_partner_without_the_promise_does_not_join() -> None:
    invitation = make_invitation(email="new@partner.example", kind="partner")

    with pytest.raises(ValidationError, match="must promise"):
        people.join(email="new@partner.example", password=PASSWORD, name="Nora", invitation=invitation)
    assert not Person.objects.exists()


def test_changing_a_profile_records_what_changed_and_nothing_else() -> None:
    alice = make_alice(job_title="Analyst")

    people.change_profile(alice, by=alice, job_title="Lead", name="Alice")

    alice.refresh_from_db()
    assert alice.job_title == "Lead"
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.changes) == ("person.changed", {"job_title": ["Analyst", "Lead"]})


def test_saving_a_profile_unchanged_leaves_no_trace() -> None:
    alice = make_alice()

    people.change_profile(alice, by=alice, name="Alice")

    assert not AuditEntry.objects.exists()


def test_a_stale_page_changes_nothing() -> None:
    alice, dana = make_alice(), make_dana()
    seen = alice.updated_at
    people.change_profile(alice, by=dana, seen=seen, job_title="Corrected by HR")

    with pytest.raises(ValidationError, match="Somebody changed this"):
        people.change_profile(alice, by=alice, seen=seen, job_title="Typed long ago")
    alice.refresh_from_db()
    assert alice.job_title == "Corrected by HR"


def test_a_line_of_managers_never_becomes_a_circle() -> None:
    alice, bob, charlie = make_alice(), make_bob(), make_charlie()
    people.change_profile(alice, by=alice, manager=bob)
    people.change_profile(bob, by=bob, manager=charlie)

    with pytest.raises(ValidationError, match="Alice stands below Charlie"):
        people.change_profile(charlie, by=charlie, manager=alice)
    with pytest.raises(ValidationError, match="Nobody is their own"):
        people.change_profile(charlie, by=charlie, manager=charlie)


def test_a_photo_is_set_replaced_and_removed_and_the_open_page_stays_valid() -> None:
    alice = make_alice()
    seen = alice.updated_at

    people.set_photo(alice, b"first", by=alice)
    people.set_photo(alice, b"second", by=alice)
    alice.refresh_from_db()
    assert (bytes(alice.photo.image), alice.photo_at is not None, alice.updated_at) == (b"second", True, seen)

    people.remove_photo(alice, by=alice)
    people.remove_photo(alice, by=alice)
    alice.refresh_from_db()
    assert alice.photo_at is None
    assert not Photo.objects.exists()
    assert AuditEntry.objects.count() == 3


def test_an_onboarding_step_is_never_lost_by_going_back() -> None:
    alice = make_alice(onboarded=False)

    people.finish_onboarding_step(alice, 3)
    people.finish_onboarding_step(alice, 1)

    alice.refresh_from_db()
    assert alice.onboarding_step == 4


def test_who_leaves_is_signed_out_everywhere_and_others_hear_of_it(client: Client) -> None:
    alice, dana, heard = make_alice(), make_dana(is_hr=True), []
    client.post("/accounts/login/", {"login": alice.user.email, "password": PASSWORD})
    assert UserSession.objects.filter(user=alice.user).count() == 1

    def listen(people: list[Person], **news: object) -> None:
        heard.extend(people)

    people_left.connect(listen)
    people.leave(alice, by=dana)

    alice.refresh_from_db()
    assert (alice.left_on, alice.user.is_active, heard) == (timezone.localdate(), False, [alice])
    assert not UserSession.objects.exists()
    assert client.get("/invitations/x/").wsgi_request.user.is_anonymous
    assert AuditEntry.objects.filter(action="person.left", by=dana).count() == 1


def test_a_listener_that_fails_keeps_the_person_here() -> None:
    alice, dana = make_alice(), make_dana()

    def fail(**news: object) -> None:
        raise RuntimeError

    people_left.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            people.leave(alice, by=dana)
    finally:
        people_left.disconnect(fail)
    alice.refresh_from_db()
    assert (alice.left_on, alice.user.is_active) == (None, True)


def test_nobody_leaves_twice_or_marks_themselves() -> None:
    alice, dana = make_alice(left_on=dt.date(2025, 1, 1)), make_dana()

    with pytest.raises(TransitionError, match="left before"):
        people.leave(alice, by=dana)
    with pytest.raises(TransitionError, match="yourself"):
        people.leave(dana, by=dana)


def test_the_hr_role_is_given_and_taken_with_a_record() -> None:
    alice, dana = make_alice(), make_dana()

    people.set_hr_role(alice, True, by=dana)
    people.set_hr_role(alice, True, by=dana)
    people.set_hr_role(alice, False, by=dana)

    alice.refresh_from_db()
    assert not alice.user.is_hr
    assert [entry.changes for entry in AuditEntry.objects.order_by("pk")] == [
        {"is_hr": [False, True]},
        {"is_hr": [True, False]},
    ]


def test_somebody_always_stays_in_hr() -> None:
    dana = make_dana()

    with pytest.raises(TransitionError, match="Somebody must stay"):
        people.set_hr_role(dana, False, by=dana)


def test_the_hr_role_is_not_for_partners_or_those_who_left() -> None:
    dana = make_dana()

    with pytest.raises(TransitionError, match="own people"):
        people.set_hr_role(make_alice(left_on=dt.date(2025, 1, 1)), True, by=dana)
