"""The messages of matching, one function for each."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from matching.models import BulkDecision, MatchingRun, Suggestion
from mentoring.models import Person
from mentoring.working_hours import next_working_time
from notifications.kinds import Kind
from notifications.models import Message
from notifications.outbox import post

FOLDER = "matching/messages"
TIME_TO_UNDO = dt.timedelta(minutes=10)


def request_made(request: Suggestion) -> None:
    """To the one asked: somebody would like to be paired with you."""
    _on_request("request_made", request, to=request.asked, button="Answer")


def request_reminder(request: Suggestion) -> None:
    """To the one asked: an answer is awaited."""
    _on_request("request_reminder", request, to=request.asked, button="Answer")


def request_agreed(request: Suggestion) -> None:
    """To the one who asked: the other said yes, HR is next."""
    _on_request("request_agreed", request, to=request.asked_by)


def request_not_available(request: Suggestion, *, to: Person) -> None:
    """It did not work out, whatever the reason; these words are the same for every reason."""
    _on_request("request_not_available", request, to=to)


def request_not_approved(request: Suggestion) -> None:
    """To both: HR decided against it. It goes out a little later, so that HR can take it back."""
    for person in (request.mentor, request.mentee):
        _on_request("request_not_approved", request, to=person, after=TIME_TO_UNDO)


def take_back_not_approved(request: Suggestion) -> None:
    """What has not gone out yet never does."""
    keys = [_key("request_not_approved", request, person) for person in (request.mentor, request.mentee)]
    Message.objects.filter(key__in=keys, due_at__gt=timezone.now()).delete()


def run_finished(run: MatchingRun) -> None:
    """To the one who started it: the result is there, or it failed."""
    _to_hr("run_finished", run.started_by, key=str(run.pk), url=reverse("run-detail", args=[run.pk]), run=run)


def bulk_decided(bulk: BulkDecision) -> None:
    """To the one who decided: all of them are worked off."""
    _to_hr("bulk_decided", bulk.by, key=str(bulk.pk), url=reverse("bulk-detail", args=[bulk.pk]), bulk=bulk)


def _on_request(
    name: str,
    request: Suggestion,
    *,
    to: Person | None,
    button: str = "See the request",
    after: dt.timedelta | None = None,
) -> None:
    assert to is not None  # the database holds both ends of a request
    post(
        f"{FOLDER}/{name}",
        key=_key(name, request, to),
        kind=Kind.INVITATION,
        to=to.user,
        context={"request": request, "person": to, "partner": request.partner_of(to)},
        url=reverse("request-detail", args=[request.pk]),
        button=button,
        not_before=next_working_time(to, timezone.now() + (after or dt.timedelta())),
        useful_until=request.answer_by,
    )


def _key(name: str, request: Suggestion, to: Person) -> str:
    return f"{name}:{request.pk}:{to.pk}"


def _to_hr(name: str, to: Person | None, *, key: str, url: str, **context: Any) -> None:
    """Work that ended in the background; nothing where the person has gone since."""
    if to is not None:
        post(
            f"{FOLDER}/{name}", key=f"{name}:{key}", kind=Kind.HR, to=to.user, context=context, url=url,
            button="See the result",
        )  # fmt: skip
