"""What HR hears of pairs that the organisation has changed around."""

import datetime as dt

from django.urls import reverse

from mentoring.models import PairConcern, User
from notifications.kinds import Kind
from notifications.outbox import post


def found(now: dt.datetime) -> None:
    """Once a day, however many batches found something."""
    waiting = PairConcern.objects.open().count()
    for user in User.objects.filter(is_hr=True, is_active=True).order_by("pk"):
        post(
            "mentoring/messages/pairs_rechecked",
            key=f"pairs_rechecked:{now.date()}:{user.pk}",
            kind=Kind.HR,
            to=user,
            context={"waiting": waiting},
            url=reverse("pair-check-list"),
            button="See the pairs",
        )
