"""The page of an invitation, as one of the two sees it."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from mentoring.dashboard.pairs import Row, row_of
from mentoring.models import Pair, Person, SkillOffer, SkillWish

Stand = Literal["asking_me", "waiting", "running", "my_no", "over"]


@dataclass(frozen=True, kw_only=True)
class InvitationPage:
    row: Row
    stand: Stand
    is_first_asked: bool  # the other does not know of it yet
    answer_by: dt.datetime | None  # in the reader's own time zone
    their_offer: SkillOffer | None  # of what the reader would learn
    their_wish: SkillWish | None  # for what the reader would share


def invitation_page(pair: Pair, person: Person) -> InvitationPage:
    row = row_of(pair, person)
    return InvitationPage(
        row=row,
        stand=_stand(pair, person),
        is_first_asked=pair.both_know_since is None,
        answer_by=pair.answer_by.astimezone(person.zone) if pair.answer_by else None,
        their_offer=row.partner.offers.filter(skill=row.learns).first() if row.learns else None,
        their_wish=row.partner.wishes.filter(skill=row.shares).first() if row.shares else None,
    )


def _stand(pair: Pair, person: Person) -> Stand:
    """Where it stands for this reader. Of an invitation that is over, only their own no is told apart."""
    if pair.is_asking:
        return "asking_me" if pair.awaits == person else "waiting"
    if pair.started_at is not None or pair.is_beginning:
        return "running"
    return "my_no" if pair.no_from_id == person.pk else "over"
