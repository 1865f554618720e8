import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentoring.actions.programmes import change, close, create, launch
from mentoring.models import AuditEntry, Programme, TransitionError
from tests.builders import make_dana, make_programme

pytestmark = pytest.mark.django_db


def dates() -> dict[str, dt.date]:
    today = timezone.localdate()
    return {
        "enrol_from": today, "enrol_until": today + dt.timedelta(days=14),
        "starts_on": today + dt.timedelta(days=14), "ends_on": today + dt.timedelta(days=190),
    }  # fmt: skip


def test_create_makes_a_draft_with_good_defaults() -> None:
    dana = make_dana()

    programme = create(by=dana, name="Across levels", purpose="To learn.", **dates())

    assert (programme.status, programme.created_by, programme.version) == ("draft", dana, 1)
    assert (programme.meetings_planned, programme.meeting_minutes_from, programme.meeting_minutes_to) == (6, 45, 60)
    assert (programme.apply_grade_gap, programme.min_grade_gap, programme.no_reporting_line) == (True, 1, True)
    assert AuditEntry.objects.get().action == "programme.created"


def test_create_refuses_an_end_before_the_start() -> None:
    wrong = {**dates(), "ends_on": timezone.localdate()}

    with pytest.raises(ValidationError, match="must end after it starts"):
        create(by=make_dana(), name="Across levels", purpose="To learn.", **wrong)

    assert not Programme.objects.exists()


def test_change_says_in_the_audit_what_changed_and_of_long_texts_only_that_they_did() -> None:
    programme, dana = make_programme(name="Old"), make_dana()

    programme = change(programme, by=dana, version=1, name="New", guide="Long", purpose=programme.purpose)

    assert (programme.name, programme.guide, programme.version) == ("New", "Long", 2)
    assert AuditEntry.objects.get().changes == {"name": ["Old", "New"], "guide": "changed"}


def test_change_of_nothing_is_no_change() -> None:
    programme = make_programme(name="Same")

    programme = change(programme, by=make_dana(), version=1, name="Same")

    assert (programme.version, AuditEntry.objects.count()) == (1, 0)


def test_change_of_an_older_version_is_refused() -> None:
    programme, dana = make_programme(name="Old"), make_dana()
    change(programme, by=dana, version=1, name="Theirs")

    with pytest.raises(ValidationError, match="Somebody changed this"):
        change(programme, by=dana, version=1, name="Mine")

    programme.refresh_from_db()
    assert programme.name == "Theirs"


def test_change_of_a_closed_programme_is_refused() -> None:
    programme = make_programme(status=Programme.Status.CLOSED)

    with pytest.raises(TransitionError, match="closed"):
        change(programme, by=make_dana(), version=1, name="New")


def test_launch_and_close_and_launch_again() -> None:
    programme, dana = make_programme(status=Programme.Status.DRAFT), make_dana()

    for move, status in ((launch, "launched"), (close, "closed"), (launch, "launched")):
        programme = move(programme, by=dana)
        assert programme.status == status

    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["programme.launched", "programme.closed", "programme.launched"]


def test_launch_twice_is_refused() -> None:
    with pytest.raises(TransitionError):
        launch(make_programme(), by=make_dana())


def test_launch_announces_nothing_that_nobody_can_join_any_more() -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    programme = make_programme(status=Programme.Status.DRAFT, enrol_until=yesterday)

    with pytest.raises(TransitionError, match="Enrolment has closed"):
        launch(programme, by=make_dana(), announce=True)

    programme.refresh_from_db()
    assert programme.status == "draft"


def test_close_stops_an_announcement() -> None:
    programme = make_programme(announcing=True)

    assert close(programme, by=make_dana()).announcing is False
