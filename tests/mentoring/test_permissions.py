import datetime as dt

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from mentoring import permissions
from mentoring.models import Person
from mentoring.permissions import PersonRequest
from tests.builders import make_alice, make_bob, make_dana, make_partner, make_person

pytestmark = pytest.mark.django_db


def request_of(person: Person) -> PersonRequest:
    request = RequestFactory().get("/")
    request.user = person.user
    return request  # type: ignore[return-value]


@permissions.hr_required
def hr_view(request: PersonRequest, pk: int) -> HttpResponse:
    return HttpResponse(str(pk))


@permissions.employee_required
def employee_view(request: PersonRequest) -> HttpResponse:
    return HttpResponse("in")


def test_hr_required_lets_hr_in_and_refuses_others() -> None:
    assert hr_view(request_of(make_dana()), pk=7).content == b"7"
    with pytest.raises(PermissionDenied):
        hr_view(request_of(make_alice()), pk=7)


def test_employee_required_refuses_partners_from_outside() -> None:
    assert employee_view(request_of(make_alice())).content == b"in"
    with pytest.raises(PermissionDenied):
        employee_view(request_of(make_partner()))


def test_a_profile_is_edited_by_its_person_and_by_hr() -> None:
    alice, bob, dana = make_alice(), make_bob(), make_dana()

    assert [permissions.may_edit_profile(who.user, alice) for who in (alice, bob, dana)] == [True, False, True]


def test_only_hr_marks_somebody_else_as_left_and_only_once() -> None:
    alice, dana = make_alice(), make_dana()
    gone = make_bob(left_on=dt.date(2025, 1, 1))

    assert permissions.may_mark_as_left(dana.user, alice)
    assert not permissions.may_mark_as_left(alice.user, dana)
    assert not permissions.may_mark_as_left(dana.user, dana)
    assert not permissions.may_mark_as_left(dana.user, gone)


def test_hr_gives_the_role_to_colleagues_but_takes_it_from_nobody_who_is_themselves() -> None:
    alice, dana = make_alice(), make_dana()

    assert permissions.may_change_hr_role(dana.user, alice)
    assert not permissions.may_change_hr_role(dana.user, dana)
    assert not permissions.may_change_hr_role(dana.user, make_partner())
    assert not permissions.may_change_hr_role(alice.user, dana)


def test_a_pair_is_asked_for_by_colleagues_with_somebody_else_who_is_here() -> None:
    alice, bob, partner = make_alice(), make_bob(), make_partner()
    gone = make_person(name="Gina", left_on=dt.date(2025, 1, 1))

    assert permissions.may_ask_for_pair(alice.user, bob)
    assert not permissions.may_ask_for_pair(alice.user, alice)
    assert not permissions.may_ask_for_pair(alice.user, gone)
    assert not permissions.may_ask_for_pair(partner.user, bob)


def test_a_quick_question_goes_to_those_who_are_open_to_it() -> None:
    alice, bob = make_alice(), make_bob(open_to_quick_questions=False)

    assert permissions.may_ask_quick_question(bob.user, alice)
    assert not permissions.may_ask_quick_question(alice.user, bob)


def test_sign_up_is_open_to_the_companys_addresses_where_it_named_them(settings: LazySettings) -> None:
    settings.COMPANY_EMAIL_DOMAINS = ["demo.example"]

    assert permissions.may_sign_up("new@Demo.Example")
    assert not permissions.may_sign_up("new@sub.demo.example")
    assert not permissions.may_sign_up("new@other.example")


def test_without_company_addresses_production_is_by_invitation_only(settings: LazySettings) -> None:
    settings.COMPANY_EMAIL_DOMAINS = []

    assert permissions.may_sign_up("new@other.example")
    settings.PRODUCTION = True
    assert not permissions.may_sign_up("new@other.example")
    assert permissions.sign_up_is_by_invitation_only()
