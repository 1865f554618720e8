import datetime as dt

import pytest

from mentoring.models import Pair, Person
from tests.builders import make_alice, make_bob, make_charlie, make_dana, make_pair, make_partner

pytestmark = pytest.mark.django_db

TODAY = dt.date(2025, 6, 2)


def test_an_employee_may_sign_in_until_they_leave() -> None:
    alice = make_alice()

    assert alice.may_sign_in(TODAY)
    alice.left_on = TODAY
    assert not alice.may_sign_in(TODAY)


def test_an_account_that_is_off_may_not_sign_in() -> None:
    alice = make_alice()
    alice.user.is_active = False

    assert not alice.may_sign_in(TODAY)


def test_a_partner_may_sign_in_through_their_last_day() -> None:
    partner = make_partner(partner_until=TODAY)

    assert partner.may_sign_in(TODAY)
    assert not partner.may_sign_in(TODAY + dt.timedelta(days=1))


def test_hr_sees_everybody_and_employees_see_colleagues_who_are_here() -> None:
    alice, bob, dana, partner = make_alice(), make_bob(), make_dana(), make_partner()
    gone = make_charlie(left_on=TODAY)

    assert set(Person.objects.visible_to(dana.user)) == {alice, bob, dana, partner, gone}
    assert set(Person.objects.visible_to(alice.user)) == {alice, bob, dana}


def test_a_partner_sees_themselves_and_whom_they_are_paired_with() -> None:
    alice, partner = make_alice(), make_partner()
    make_bob()

    assert set(Person.objects.visible_to(partner.user)) == {partner}
    make_pair(mentor=partner, mentee=alice)
    assert set(Person.objects.visible_to(partner.user)) == {partner, alice}
    assert partner in Person.objects.visible_to(alice.user)


def test_an_invitation_that_has_not_started_shows_nobody_to_a_partner() -> None:
    partner = make_partner()
    make_pair(mentor=partner, mentee=make_alice(), status=Pair.Status.ASKING_SENIOR)

    assert set(Person.objects.visible_to(partner.user)) == {partner}
