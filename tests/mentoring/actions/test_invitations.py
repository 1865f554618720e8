import datetime as dt

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentoring.actions import invitations
from mentoring.models import AuditEntry, Invitation, Person, TransitionError
from notifications.models import Message
from tests.builders import make_alice, make_dana, make_invitation

pytestmark = pytest.mark.django_db


def invite(email: str = "new@other.example", **words: object) -> Invitation:
    given = {"kind": "employee", "partner_until": None, "by": make_dana(), **words}
    return invitations.invite(email, **given)  # type: ignore[arg-type]


def test_an_invitation_is_mailed_with_its_link_and_recorded() -> None:
    dana = make_dana()

    invitation = invite(" New@Other.example ", by=dana)

    message = Message.objects.get()
    assert invitation.email == "new@other.example"
    assert (message.to, message.recipient, message.in_app) == ("new@other.example", None, False)
    _, _, token = message.url.removesuffix("/").rpartition("/")
    assert Invitation.of_token(token, timezone.now()) == invitation
    assert message.url in message.text
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by, entry.object_name) == ("person.invited", dana, "new@other.example")


def test_a_partner_is_told_until_when_and_of_the_promise() -> None:
    until = timezone.localdate() + dt.timedelta(days=90)

    invitation = invite(kind=Person.Kind.PARTNER, partner_until=until)

    assert (invitation.kind, invitation.partner_until) == ("partner", until)
    assert "partner from outside" in Message.objects.get().text


def test_an_employee_has_no_end() -> None:
    invitation = invite(partner_until=timezone.localdate() + dt.timedelta(days=90))

    assert invitation.partner_until is None


@pytest.mark.parametrize(
    "email", ["", "no address", "a@b", "x" * 250 + "@other.example", "a@other.example, b@other.example"]
)
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(ValidationError):
        invite(email)
    assert not Message.objects.exists()


def test_an_address_with_an_account_is_refused_whatever_its_case() -> None:
    alice = make_alice()

    with pytest.raises(ValidationError, match="already an account"):
        invite(alice.user.email.upper())


def test_inviting_twice_sends_one_mail_and_says_so() -> None:
    invite("new@other.example")

    with pytest.raises(ValidationError, match="already invited"):
        invite("NEW@other.example")
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "words"), [(None, "until when"), (0, "after today"), (-1, "after today")], ids=["none", "today", "past"]
)
def test_a_partner_needs_an_end_that_lies_ahead(days: int | None, words: str) -> None:
    until = None if days is None else timezone.localdate() + dt.timedelta(days=days)

    with pytest.raises(ValidationError, match=words):
        invite(kind="partner", partner_until=until)


def test_a_company_address_is_no_partner(settings: LazySettings) -> None:
    settings.COMPANY_EMAIL_DOMAINS = ["other.example"]

    with pytest.raises(ValidationError, match="own addresses"):
        invite(kind="partner", partner_until=timezone.localdate() + dt.timedelta(days=9))


def test_sending_again_mails_a_new_link_and_voids_the_old() -> None:
    dana = make_dana()
    invitation = invite(by=dana)
    earlier = invitation.token

    invitation = invitations.send_again(invitation, by=dana)

    assert Message.objects.count() == 2
    assert Invitation.of_token(earlier, timezone.now()) is None
    assert Invitation.of_token(invitation.token, timezone.now()) == invitation


def test_withdrawing_voids_the_link() -> None:
    dana, invitation = make_dana(), make_invitation()
    token = invitation.token

    invitations.withdraw(invitation, by=dana)

    assert Invitation.of_token(token, timezone.now()) is None
    assert AuditEntry.objects.get().action == "invitation.withdrawn"


def test_what_was_taken_up_is_neither_sent_again_nor_withdrawn() -> None:
    dana, invitation = make_dana(), make_invitation(accepted_at=timezone.now())

    with pytest.raises(TransitionError):
        invitations.send_again(invitation, by=dana)
    with pytest.raises(TransitionError):
        invitations.withdraw(invitation, by=dana)
