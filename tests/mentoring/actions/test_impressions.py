import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.impressions import say
from mentoring.models import AuditEntry, Impression, TransitionError
from notifications.models import Message
from tests.builders import make_alice, make_meeting, make_pair

pytestmark = pytest.mark.django_db


def test_one_tap_says_one_thing_and_the_next_one_the_other() -> None:
    pair = make_pair()
    meeting = make_meeting(pair=pair, status="held")

    say(meeting, by=pair.mentor, learned="both")
    say(meeting, by=pair.mentor, talked="me")
    say(meeting, by=pair.mentor, talked="even")

    mine = Impression.objects.get()
    assert (mine.learned, mine.talked) == ("both", "even")


def test_nobody_but_its_author_sees_it_and_nobody_hears_of_it() -> None:
    pair = make_pair()
    say(make_meeting(pair=pair, status="held"), by=pair.mentor, learned="nobody")

    assert Impression.objects.visible_to(pair.mentor.user).count() == 1
    assert Impression.objects.visible_to(pair.mentee.user).count() == 0
    assert (AuditEntry.objects.count(), Message.objects.count()) == (0, 0)


def test_meeting_that_did_not_take_place_is_not_asked_about() -> None:
    pair = make_pair()

    with pytest.raises(TransitionError, match="took place"):
        say(make_meeting(pair=pair), by=pair.mentor, learned="both")


def test_stranger_and_unknown_answers_are_refused() -> None:
    pair = make_pair()
    meeting = make_meeting(pair=pair, status="held")

    with pytest.raises(ValueError, match="not in the pair"):
        say(meeting, by=make_alice(), learned="both")
    with pytest.raises(ValidationError):
        say(meeting, by=pair.mentor, learned="much")
