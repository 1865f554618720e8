import pytest
from django.contrib import admin
from django.test import Client

from mentoring.actions import people
from mentoring.actions.private_keys import private_fields
from mentoring.models import AuditEntry, Pair, Person, User
from tests.builders import make_alice, make_dana, make_enrolment, make_invitation, make_programme, make_skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client: Client) -> User:
    user = make_dana().user
    user.is_staff = user.is_superuser = True
    user.save()
    client.force_login(user)
    return user


def test_no_model_with_private_words_is_registered() -> None:
    private = {model for model, _ in private_fields()}

    assert private & set(admin.site._registry) == set()
    assert Pair in private


def test_nothing_that_a_library_registers_can_be_changed_here() -> None:
    assert {model._meta.app_label for model in admin.site._registry} == {"mentoring"}


def test_everything_opens_and_nothing_can_be_changed(client: Client, operator: User) -> None:
    alice = make_alice()
    make_enrolment(person=alice, programme=make_programme())
    make_invitation()
    make_skill()
    people.change_profile(alice, by=alice, job_title="Lead")

    for model in (m for m in admin.site._registry if m._meta.app_label == "mentoring"):
        base = f"/admin/mentoring/{model._meta.model_name}/"
        row = model._default_manager.first()
        assert row is not None, model
        assert client.get(base).status_code == 200
        assert client.get(f"{base}{row.pk}/change/").status_code == 200
        assert client.post(f"{base}{row.pk}/change/", {"name": "x"}).status_code == 403
        assert client.post(f"{base}{row.pk}/delete/", {"post": "yes"}).status_code == 403
        assert client.get(f"{base}add/").status_code == 403


def test_a_password_is_not_shown_even_as_a_hash(client: Client, operator: User) -> None:
    page = client.get(f"/admin/mentoring/user/{operator.pk}/change/").content.decode()

    assert operator.email in page
    assert "password" not in page.replace("change password", "").lower().split("<form", 1)[1].split("</form", 1)[0]


def test_who_is_not_staff_does_not_come_in(client: Client) -> None:
    client.force_login(make_dana().user)

    assert client.get("/admin/", follow=True).status_code == 403


def test_operators_sign_in_on_the_sites_own_page(client: Client) -> None:
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


def test_the_audit_shows_who_did_what(client: Client, operator: User) -> None:
    alice = make_alice()
    people.change_profile(alice, by=alice, job_title="Lead")

    page = client.get("/admin/mentoring/auditentry/").content.decode()

    assert "Profile changed" in page
    assert AuditEntry.objects.get().by == Person.objects.get(name="Alice")
