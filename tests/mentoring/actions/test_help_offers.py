import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentoring.actions.help_offers import offer_help
from mentoring.models import AuditEntry, HelpOffer
from notifications.models import Message
from tests.builders import make_dana, make_pair

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "about", "said"),
    [
        ("nudge", "meeting", "Two dates to choose from"),
        ("nudge", "agreement", "an agreement that you both signed"),
        ("nudge", "goal", "past its date"),
        ("call", "", "You both get this message"),
        ("new_pair", "", "no reason is asked for"),
    ],
)
def test_both_get_one_kind_message_and_the_audit_one_row(kind: str, about: str, said: str) -> None:
    pair, dana = make_pair(), make_dana()

    offer_help(pair, kind, by=dana, about=about)

    messages = Message.objects.order_by("recipient")
    assert [message.recipient_id for message in messages] == sorted([pair.mentor_id, pair.mentee_id])
    assert all(said in message.text for message in messages)
    entry = AuditEntry.objects.get(action="pair.helped")
    assert (entry.by, entry.changes) == (dana, {"kind": kind})


def test_what_is_offered_to_one_alone_reaches_nobody_else() -> None:
    pair = make_pair()

    offer_help(pair, "call", by=make_dana(), to=pair.mentor)

    message = Message.objects.get()
    assert message.recipient_id == pair.mentor_id
    assert "does not learn of it" in message.text


def test_the_same_is_offered_again_after_a_week() -> None:
    pair, dana = make_pair(), make_dana()
    first = offer_help(pair, "nudge", by=dana)

    with pytest.raises(ValidationError, match="Dana did this within the last week"):
        offer_help(pair, "nudge", by=make_dana())
    HelpOffer.objects.filter(pk=first.pk).update(at=timezone.now() - dt.timedelta(days=8))
    offer_help(pair, "nudge", by=dana)

    assert HelpOffer.objects.count() == 2


def test_a_pair_that_is_over_is_left_alone() -> None:
    with pytest.raises(ValidationError, match="over by now"):
        offer_help(make_pair(status="ended"), "nudge", by=make_dana())

    assert not Message.objects.exists()
