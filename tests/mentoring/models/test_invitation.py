import datetime as dt

import pytest
from django.utils import timezone

from mentoring.models import Invitation
from tests.builders import make_invitation

pytestmark = pytest.mark.django_db


def test_a_token_leads_back_to_its_invitation() -> None:
    invitation = make_invitation()

    assert Invitation.of_token(invitation.token, timezone.now()) == invitation


@pytest.mark.parametrize("token", ["", "nonsense", "WzEsMV0:1abc:def"])
def test_a_made_up_token_leads_nowhere(token: str) -> None:
    make_invitation()

    assert Invitation.of_token(token, timezone.now()) is None


def test_a_token_is_void_after_thirty_days() -> None:
    invitation = make_invitation()

    assert Invitation.of_token(invitation.token, invitation.sent_at + dt.timedelta(days=30)) == invitation
    assert Invitation.of_token(invitation.token, invitation.sent_at + dt.timedelta(days=30, seconds=1)) is None


def test_sending_again_makes_earlier_links_void() -> None:
    invitation = make_invitation()
    earlier = invitation.token

    invitation.sent_at += dt.timedelta(seconds=1)
    invitation.save()

    assert Invitation.of_token(earlier, timezone.now()) is None
    assert Invitation.of_token(invitation.token, timezone.now()) == invitation
