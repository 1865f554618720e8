"""May this user …? One short function for each question."""

from matching.models import Suggestion
from mentoring.models import RatherNotList, User


def may_answer(user: User, request: Suggestion) -> bool:
    """The one who is asked, while the answer is awaited."""
    return request.asked_id == user.pk and request.status == Suggestion.Status.ASKED


def may_withdraw(user: User, request: Suggestion) -> bool:
    """The one who asked, while the answer is awaited."""
    return request.asked_by_id == user.pk and request.status == Suggestion.Status.ASKED


def may_step_back(user: User, request: Suggestion) -> bool:
    """Either of the two, after both said yes and before HR has decided."""
    return user.pk in (request.asked_id, request.asked_by_id) and request.status == Suggestion.Status.PROPOSED


def reaches_the_other(request: Suggestion) -> bool:
    """False where the one asked would rather not be paired with the one who asks; nobody may notice the difference."""
    return request.asked_by_id not in rather_not(request.asked_id)


def rather_not(person: int | None) -> list[int]:
    """Whom this person would rather not be paired with. To decide by; never to log, count or show."""
    kept = RatherNotList.objects.filter(person=person).first()
    return kept.person_ids if kept else []
