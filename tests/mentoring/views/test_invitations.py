import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mentoring.models import Invitation, Person
from notifications.models import Message
from tests.builders import make_alice, make_dana, make_invitation, make_programme

pytestmark = pytest.mark.django_db

URL = "/hr/people/invitations/"


@pytest.fixture
def dana(client: Client) -> Person:
    person = make_dana()
    client.force_login(person.user)
    return person


def invite(client: Client, emails: str, **words: str) -> object:
    return client.post(URL, {"emails": emails, "kind": "employee", **words})


def errors(response: object) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)  # type: ignore[attr-defined]


def test_many_lines_are_invited_at_once_each_once(client: Client, dana: Person) -> None:
    answer = invite(client, "one@other.example\n\n two@other.example ;three@other.example\none@other.example")

    assert answer.headers["Location"] == URL  # type: ignore[attr-defined]
    assert set(Invitation.objects.values_list("email", flat=True)) == {
        "one@other.example", "two@other.example", "three@other.example",
    }  # fmt: skip
    assert Message.objects.count() == 3


def test_lines_that_cannot_be_invited_stay_with_their_reason_and_the_others_go(client: Client, dana: Person) -> None:
    alice = make_alice()

    response = invite(client, f"new@other.example\nnot an address\n{alice.user.email}")

    assert [invitation.email for invitation in Invitation.objects.all()] == ["new@other.example"]
    assert response.context["form"]["emails"].value() == f"not an address\n{alice.user.email}"  # type: ignore[attr-defined]
    assert [error.split(":")[0] for error in errors(response)["emails"]] == ["not an address", alice.user.email]
    assert "One invitation is on its way" in response.content.decode()  # type: ignore[attr-defined]


def test_partners_need_an_end_ahead(client: Client, dana: Person) -> None:
    today = timezone.localdate()

    assert list(errors(invite(client, "a@other.example", kind="partner"))) == ["programme", "partner_until"]
    late = invite(client, "a@other.example", kind="partner", partner_until=today.isoformat())
    assert errors(late)["partner_until"] == ["This day must lie ahead."]

    programme = make_programme()
    until = (today + dt.timedelta(days=30)).isoformat()
    invite(client, "a@other.example", kind="partner", partner_until=until, programme=str(programme.pk))
    made = Invitation.objects.get()
    assert (made.partner_until, made.programme) == (today + dt.timedelta(days=30), programme)


def test_what_was_typed_is_kept_for_partners_too(client: Client, dana: Person) -> None:
    until = (timezone.localdate() + dt.timedelta(days=30)).isoformat()

    response = invite(client, "nonsense", kind="partner", partner_until=until, programme=str(make_programme().pk))

    assert f'value="{until}"' in response.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("emails", ["", " \n ; , "])
def test_no_address_is_said_at_its_field(client: Client, dana: Person, emails: str) -> None:
    assert errors(invite(client, emails)) == {"emails": ["Write at least one address."]}


def test_too_many_at_a_time_are_counted(client: Client, dana: Person) -> None:
    many = "\n".join(f"p{number}@other.example" for number in range(501))

    assert "These are 501 addresses" in errors(invite(client, many))["emails"][0]
    assert not Invitation.objects.exists()


def test_pressing_twice_invites_once_and_says_so(client: Client, dana: Person) -> None:
    invite(client, "new@other.example")

    assert "already invited" in errors(invite(client, "new@other.example"))["emails"][0]
    assert Message.objects.count() == 1


def test_the_list_shows_who_waits_and_whose_link_is_too_old(client: Client, dana: Person) -> None:
    make_invitation(email="fresh@other.example")
    make_invitation(email="old@other.example", sent_at=timezone.now() - dt.timedelta(days=31))
    make_invitation(email="joined@other.example", accepted_at=timezone.now())

    page = client.get(URL).content.decode()

    assert [invitation.email for invitation in client.get(URL).context["page"]] == [
        "fresh@other.example", "old@other.example",
    ]  # fmt: skip
    assert page.count("Link too old") == 1


def test_an_invitation_is_sent_again_and_withdrawn(client: Client, dana: Person) -> None:
    invitation = make_invitation()

    client.post(f"{URL}{invitation.pk}/again/")
    assert Message.objects.count() == 1

    client.post(f"{URL}{invitation.pk}/withdraw/")
    answer = client.post(f"{URL}{invitation.pk}/withdraw/")
    assert answer.headers["Location"] == URL
    assert not Invitation.objects.exists()


def test_an_invitation_that_was_taken_up_meanwhile_is_not_withdrawn(client: Client, dana: Person) -> None:
    invitation = make_invitation(accepted_at=timezone.now())

    page = client.post(f"{URL}{invitation.pk}/withdraw/", follow=True).content.decode()

    assert "taken up meanwhile" in page
    assert Invitation.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_invitation_or_three(
    client: Client, dana: Person, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        make_invitation(invited_by=dana)

    with django_assert_num_queries(5):  # session, account, programmes, how many, which
        client.get(URL)
