"""News from below: who leaves the company or the programme leaves no suggestion behind."""

import pytest

from matching.models import Suggestion
from mentoring.actions.enrolments import withdraw
from mentoring.actions.people import leave
from mentoring.models import Enrolment
from tests.builders import make_dana, make_programme, make_request, make_suggestion

pytestmark = pytest.mark.django_db


def statuses() -> list[str]:
    return list(Suggestion.objects.order_by("pk").values_list("status", flat=True))


def test_who_withdraws_from_a_programme_is_no_longer_suggested_in_it() -> None:
    programme = make_programme()
    suggestion = make_suggestion(programme=programme)
    make_request(asked=suggestion.mentor, programme=programme)
    make_suggestion(mentor=suggestion.mentor)

    withdraw(Enrolment.objects.get(person=suggestion.mentor, programme=programme), by=suggestion.mentor)

    assert statuses() == ["withdrawn", "declined", "proposed"]


def test_who_leaves_the_company_is_no_longer_suggested_anywhere() -> None:
    suggestion = make_suggestion()
    make_request(asked_by=suggestion.mentor)
    make_suggestion()

    leave(suggestion.mentor, by=make_dana())

    assert statuses() == ["withdrawn", "declined", "proposed"]
