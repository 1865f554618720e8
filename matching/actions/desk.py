"""What HR people keep beside the suggestions."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from matching.models import Comment, SavedView, Suggestion
from mentoring.actions.base import record
from mentoring.models import AuditEntry, Person


def save_view(person: Person, *, name: str, query: str) -> SavedView:
    """Keeps the filter; one of the same name gives way."""
    return SavedView.objects.update_or_create(person=person, name=name, defaults={"query": query})[0]


def forget_view(person: Person, *, pk: int) -> None:
    """Nothing where it is gone already, or somebody else's."""
    SavedView.objects.filter(person=person, pk=pk).delete()


@transaction.atomic
def comment(suggestion: Suggestion, *, by: Person, text: str) -> Comment:
    """Leaves a word for the others in HR; nobody comments on a suggestion that they are in themselves."""
    if by.pk in (suggestion.mentor_id, suggestion.mentee_id):
        raise PermissionDenied("You are in this suggestion yourself.")
    made = Comment.objects.create(suggestion=suggestion, by=by, text=text)
    record(AuditEntry.Action.SUGGESTION_COMMENTED, suggestion, by=by)
    return made
