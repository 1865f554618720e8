import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mentoring.auth import PersonBackend
from mentoring.models import AuditEntry, Person, User
from notifications.models import Message
from tests.builders import PASSWORD, make_alice, make_invitation, make_partner

pytestmark = pytest.mark.django_db

NEW = {"name": "Nora Newcomer", "email": "nora@demo.example", "password1": "a-long-enough-phrase"}


@pytest.fixture(autouse=True)
def company(settings: LazySettings) -> None:
    settings.COMPANY_EMAIL_DOMAINS = ["demo.example"]


def sign_up(client: Client, **words: str) -> object:
    return client.post("/accounts/signup/", {**NEW, **words})


def sign_in(client: Client, email: str, password: str = PASSWORD) -> bool:
    client.post("/accounts/login/", {"login": email, "password": password})
    return client.session.get("_auth_user_id") is not None


def errors(response: object) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)  # type: ignore[attr-defined]


def test_signing_up_with_a_company_address_mails_a_link_that_confirms_it(client: Client) -> None:
    response = sign_up(client, email="Nora@Demo.Example")

    person = Person.objects.get()
    message = Message.objects.get()
    assert response.headers["Location"] == "/accounts/confirm-email/"  # type: ignore[attr-defined]
    assert (person.name, person.kind, person.user.email) == ("Nora Newcomer", "employee", "nora@demo.example")
    assert (message.to, message.in_app, message.kind) == ("nora@demo.example", False, "account")
    assert AuditEntry.objects.get().action == "person.joined"

    client.post(message.url)
    assert EmailAddress.objects.get().verified
    assert client.session["_auth_user_id"] == str(person.pk)


def test_nobody_comes_in_before_their_address_is_confirmed(client: Client) -> None:
    sign_up(client)

    assert not sign_in(Client(), NEW["email"], NEW["password1"])


@pytest.mark.parametrize("invited", [False, True])
def test_an_outside_address_gets_the_same_words_whether_invited_or_not(client: Client, invited: bool) -> None:
    if invited:
        make_invitation(email="nora@other.example")

    response = sign_up(client, email="nora@other.example")

    assert errors(response) == {
        "email": [
            "Use your company address, ending in @demo.example. "
            "If HR has invited you at another address, open the link in that e-mail."
        ]
    }
    assert response.context["form"]["name"].value() == NEW["name"]  # type: ignore[attr-defined]
    assert not User.objects.exists()


def test_a_link_in_an_invitation_opens_the_sign_up_for_its_address_without_a_second_mail(client: Client) -> None:
    invitation = make_invitation(email="nora@other.example")

    assert client.get(f"/invitations/{invitation.token}/").headers["Location"] == "/accounts/signup/"
    sign_up(client, email="nora@other.example")

    assert client.session["_auth_user_id"] == str(Person.objects.get().pk)
    assert EmailAddress.objects.get().verified
    assert not Message.objects.exists()


def test_the_link_is_for_its_own_address(client: Client) -> None:
    invitation = make_invitation(email="nora@other.example")
    client.get(f"/invitations/{invitation.token}/")

    response = sign_up(client, email="somebody@other.example")

    assert errors(response) == {"email": ["Your invitation is for nora@other.example. Sign up with that address."]}


def test_a_company_address_never_takes_up_the_invitation_of_another(client: Client) -> None:
    invitation = make_invitation(email="partner@other.example", kind=Person.Kind.PARTNER)
    client.get(f"/invitations/{invitation.token}/")

    sign_up(client, is_confidential="on")

    invitation.refresh_from_db()
    assert (Person.objects.get().kind, invitation.accepted_at) == ("employee", None)


def test_a_link_that_was_used_leads_to_the_sign_in(client: Client) -> None:
    invitation = make_invitation(accepted_at=timezone.now())

    assert client.get(f"/invitations/{invitation.token}/").headers["Location"] == "/accounts/login/"


def test_a_link_that_is_void_says_what_to_do(client: Client) -> None:
    response = client.get("/invitations/nonsense/")

    assert response.status_code == 404
    assert "does not work any more" in response.content.decode()


def test_a_partner_promises_confidentiality_at_the_sign_up(client: Client) -> None:
    invitation = make_invitation(email="nora@partner.example", kind=Person.Kind.PARTNER)
    client.get(f"/invitations/{invitation.token}/")

    refused = sign_up(client, email="nora@partner.example")
    assert errors(refused) == {"is_confidential": ["Partners from outside can join only with this promise."]}

    sign_up(client, email="nora@partner.example", is_confidential="on")
    person = Person.objects.get()
    assert (person.kind, person.partner_until) == ("partner", invitation.partner_until)
    assert person.confidential_since is not None


def test_in_production_without_company_addresses_only_the_invited_find_the_sign_up(
    client: Client, settings: LazySettings
) -> None:
    settings.COMPANY_EMAIL_DOMAINS, settings.PRODUCTION = [], True

    sign_up(client)
    assert not User.objects.exists()

    client.get(f"/invitations/{make_invitation(email='nora@demo.example').token}/")
    sign_up(client)
    assert User.objects.get().email == "nora@demo.example"


def test_an_address_that_is_taken_gets_the_same_answer_and_a_mail_to_its_owner(client: Client) -> None:
    alice = make_alice(email="nora@demo.example")

    response = sign_up(client, email="NORA@demo.example")

    assert response.headers["Location"] == "/accounts/confirm-email/"  # type: ignore[attr-defined]
    assert User.objects.get() == alice.user
    message = Message.objects.get()
    assert (message.to, message.subject) == ("nora@demo.example", "You already have an account")


def test_pressing_the_button_twice_makes_one_account(client: Client) -> None:
    first, second = sign_up(client), sign_up(Client())

    assert [r.headers["Location"] for r in (first, second)] == ["/accounts/confirm-email/"] * 2  # type: ignore[attr-defined]
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": "…"}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"email": ""}, "email"),
        ({"email": "nora"}, "email"),
        ({"email": f"{'x' * 250}@demo.example"}, "email"),
        ({"password1": ""}, "password1"),
        ({"password1": "short"}, "password1"),
        ({"password1": "password123"}, "password1"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client: Client, words: dict[str, str], field: str) -> None:
    response = sign_up(client, **words)

    assert list(errors(response)) == [field]
    assert not User.objects.exists()


def test_sign_in_pays_no_heed_to_case(client: Client) -> None:
    alice = make_alice(email="alice@demo.example")

    assert sign_in(client, "Alice@DEMO.example")
    assert client.session["_auth_user_id"] == str(alice.pk)


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(client: Client) -> None:
    alice = make_alice()

    wrong = client.post("/accounts/login/", {"login": alice.user.email, "password": "not-this-one"})
    unknown = client.post("/accounts/login/", {"login": "nobody@demo.example", "password": "not-this-one"})

    assert errors(wrong) == errors(unknown)


@pytest.mark.parametrize(
    "fields",
    [{"left_on": dt.date(2025, 1, 1)}, {"kind": "partner", "partner_until": dt.date(2025, 1, 1)}],
    ids=["left", "partner whose time is over"],
)
def test_who_is_not_here_any_more_does_not_come_in(client: Client, fields: dict[str, object]) -> None:
    alice = make_alice(**fields)

    assert not sign_in(client, alice.user.email)


def test_a_session_ends_with_the_partners_last_day(client: Client) -> None:
    partner = make_partner()
    assert sign_in(client, partner.user.email)
    assert client.get("/invitations/x/").wsgi_request.user == partner.user

    Person.objects.filter(pk=partner.pk).update(partner_until=timezone.localdate() - dt.timedelta(days=1))

    assert client.get("/invitations/x/").wsgi_request.user.is_anonymous


def test_the_account_comes_with_its_person_grade_and_unread_messages_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    alice, now = make_alice(level=2), timezone.now()
    facts = {"kind": "pair", "recipient": alice.user, "next_try_at": now}
    Message.objects.create(key="unread", due_at=now, **facts)
    Message.objects.create(key="read", due_at=now, read_at=now, **facts)
    Message.objects.create(key="later", due_at=now + dt.timedelta(days=1), **facts)
    Message.objects.create(key="by mail alone", due_at=now, in_app=False, **facts)

    with django_assert_num_queries(1):
        user = PersonBackend().get_user(alice.pk)
        assert user is not None
        assert (user.person.name, user.person.level, user.unread) == ("Alice", 2, 1)

    assert alice.user.unread == 1


def test_a_new_password_comes_by_mail_and_the_answer_tells_nothing(client: Client) -> None:
    alice = make_alice()

    known = client.post("/accounts/password/reset/", {"email": alice.user.email.upper()})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@demo.example"})

    assert known.headers["Location"] == unknown.headers["Location"]
    assert [message.subject for message in Message.objects.order_by("pk")] == [
        "Choose a new password",
        "No account with this address",
    ]


def test_a_reset_link_sets_the_password_once_and_tells_the_owner(client: Client) -> None:
    alice = make_alice()
    client.post("/accounts/password/reset/", {"email": alice.user.email})
    link = Message.objects.get().url

    form = client.get(link, follow=True).request["PATH_INFO"]
    client.post(form, {"password1": "quite-another-phrase", "password2": "quite-another-phrase"})

    assert sign_in(Client(), alice.user.email, "quite-another-phrase")
    assert Message.objects.order_by("pk").last().subject == "Your password was changed"  # type: ignore[union-attr]
    again = client.get(link, follow=True)
    assert again.context["token_fail"]


def test_an_address_is_changed_to_another_of_the_company_only(client: Client) -> None:
    alice = make_alice()
    client.force_login(alice.user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    refused = client.post("/accounts/email/", {"action_add": "", "email": "alice@other.example"})
    client.post("/accounts/email/", {"action_add": "", "email": "alice.new@demo.example"})

    assert errors(refused) == {"email": ["Choose an address ending in @demo.example, or ask HR."]}
    assert Message.objects.get().to == "alice.new@demo.example"


def test_trying_too_often_is_stopped(client: Client) -> None:
    alice = make_alice()

    for _ in range(5):
        sign_in(client, alice.user.email, "wrong-password")

    assert not sign_in(client, alice.user.email)
