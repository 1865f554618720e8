"""Messages about next steps."""

import datetime as dt

from django.urls import reverse

from mentoring.models import AgreedStep
from notifications.kinds import Kind
from notifications.outbox import post


def due(step: AgreedStep, *, now: dt.datetime) -> None:
    """To who has taken it on: what, and by when."""
    assert step.due_on is not None
    person = step.owner
    post(
        "mentoring/messages/step_due",
        key=f"step_due:{step.pk}:{step.due_on}",
        kind=Kind.STEP,
        to=person.user,
        context={"step": step, "person": person, "partner": step.pair.partner_of(person), "due_on": step.due_on},
        url=reverse("pair-detail", args=[step.pair_id]) + "#steps",
        button="Open your next steps",
        useful_until=dt.datetime.combine(step.due_on + dt.timedelta(days=1), dt.time(), tzinfo=person.zone),
        not_before=now,
    )
