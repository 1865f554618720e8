"""Raising a hand: the way to HR alone.

The audit names HR's side only: whoever works in HR and is the partner would otherwise read there who asked for help.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from goals import notices
from goals.models import CheckIn, Hand, HandMessage
from mentoring.actions.base import lock, record
from mentoring.models import AuditEntry, Pair, Person, TransitionError, User

Action, Status = AuditEntry.Action, Hand.Status
NOBODY = (
    "There is nobody in HR who could read this without being your partner, so nothing was sent. "
    "Please turn to your manager, or to somebody whom you trust."
)


@transaction.atomic
def raise_hand(
    person: Person, *, topic: str, text: str = "", pair: Pair | None = None, check_in: CheckIn | None = None
) -> Hand:
    """Raises ValidationError where nobody in HR may see it. A check-in raises one hand, however often it is sent."""
    if check_in is not None and (same := Hand.objects.filter(check_in=check_in).first()):
        return same
    same_words = _just_raised(person, topic, text)
    if same_words is not None:
        return same_words
    hand = Hand.objects.create(person=person, topic=topic, pair=pair, check_in=check_in)
    readers = readers_of(hand)
    if not readers:
        raise ValidationError(NOBODY)
    if text:
        HandMessage.objects.create(hand=hand, author=person, text=text)
    record(Action.HAND_RAISED, hand, by=None)
    notices.hand_raised(hand, to=readers)
    return hand


@transaction.atomic
def write(hand: Hand, *, by: Person, text: str) -> HandMessage:
    """One more message: HR's answers it, its author's opens it again."""
    hand = lock(hand, "person__user")
    is_own = hand.person_id == by.pk
    last = hand.messages.order_by("-sent_at", "-pk").first()
    if last is not None and last.author_id == by.pk and last.text == text:
        return last
    status = Status.OPEN if is_own else Status.ANSWERED
    before = hand.status
    if before != status:
        hand.move_to(status)
    hand.touched_at = timezone.now()
    hand.save()
    message = HandMessage.objects.create(hand=hand, author=by, text=text, sent_at=hand.touched_at)
    record(Action.HAND_RAISED if is_own else Action.HAND_ANSWERED, hand, by=None if is_own else by)
    if is_own:
        notices.hand_raised(hand, to=readers_of(hand), message=message)
    else:
        notices.hand_answered(message)
    return message


@transaction.atomic
def close(hand: Hand, *, by: Person) -> Hand:
    """Settled, by either side; a further word of its author opens it again. Closing twice is closing once."""
    hand = lock(hand)
    if hand.status == Status.CLOSED:
        return hand
    is_own = hand.person_id == by.pk
    if not is_own and not hand.messages.exclude(author=hand.person_id).exists():
        raise TransitionError("Answer first: nobody who asks for help should find it closed without a word.")
    hand.move_to(Status.CLOSED)
    hand.touched_at = timezone.now()
    hand.save()
    record(Action.HAND_CLOSED, hand, by=None if is_own else by)
    return hand


def readers_of(hand: Hand) -> list[User]:
    """Everybody in HR who may see it."""
    people = User.objects.filter(is_hr=True, is_active=True).order_by("pk")
    return [user for user in people if Hand.objects.on_desk_of(user).filter(pk=hand.pk).exists()]


def _just_raised(person: Person, topic: str, text: str) -> Hand | None:
    """The same words sent a second time by a double press."""
    for hand in Hand.objects.open().filter(person=person, topic=topic).prefetch_related("messages")[:5]:
        if [message.text for message in hand.messages.all()] == ([text] if text else []):
            return hand
    return None
