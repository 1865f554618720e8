import pytest
from django.urls import reverse

from insights.actions.refresh import refresh
from mentoring.models import HelpOffer
from notifications.models import Message
from tests.builders import make_check_in, make_dana, make_programme
from tests.insights.views.test_dashboard import make_quiet_pairs
from tests.support.clients import client_of

pytestmark = pytest.mark.django_db


def test_a_nudge_goes_to_both_and_is_not_sent_twice_in_a_week() -> None:
    pair = make_quiet_pairs(make_programme(), 1)[0]
    client, url = client_of(make_dana()), reverse("pair-help", args=[pair.pk])

    first = client.post(url, {"kind": "nudge", "next": reverse("all-needs")}, follow=True)
    second = client.post(url, {"kind": "nudge", "next": reverse("all-needs")}, follow=True)

    assert "will hear from you" in first.text
    assert "did this within the last week" in second.text
    told = Message.objects.filter(key__startswith="help_offer:").values_list("recipient", flat=True)
    assert set(told) == {pair.mentor_id, pair.mentee_id}
    assert len(told) == 2


def test_a_call_reaches_only_the_one_who_asked_hr_for_help() -> None:
    programme = make_programme()
    pair = make_quiet_pairs(programme, 1)[0]
    make_check_in(pair=pair, person=pair.mentor, status="answered", help_wanted="hr")
    refresh(programme)

    client_of(make_dana()).post(reverse("pair-help", args=[pair.pk]), {"kind": "call"})

    message = Message.objects.get(key__startswith="help_offer:")
    assert message.recipient_id == pair.mentor_id
    assert HelpOffer.objects.get().to == pair.mentor


def test_nobody_helps_their_own_pair_and_no_address_outside_is_gone_back_to() -> None:
    pair = make_quiet_pairs(make_programme(), 1)[0]
    pair.mentor.user.is_hr = True
    pair.mentor.user.save()
    url = reverse("pair-help", args=[pair.pk])

    own = client_of(pair.mentor).post(url, {"kind": "nudge"})
    answer = client_of(make_dana()).post(url, {"kind": "nonsense", "next": "https://elsewhere.example/"})

    assert own.status_code == 403
    assert answer["Location"] == reverse("all-needs")
    assert not HelpOffer.objects.exists()
