"""A person's private calendar address: made anew, revoked. No audit row, for it changes nothing for others."""

from mentoring.models import CalendarFeed, Person
from mentoring.models.calendar_feed import digest, new_token


def make_anew(person: Person) -> str:
    """The token of the new address, shown this once; the address before it stops working."""
    token = new_token()
    CalendarFeed.objects.update_or_create(person=person, defaults={"digest": digest(token)})
    return token


def revoke(*people: Person) -> None:
    CalendarFeed.objects.filter(person__in=people).delete()
