"""What this app holds about a person, for their own eyes: whom they asked. What came of it stands with their pairs."""

from typing import Any

from matching.models import Suggestion
from mentoring.models import Person


def own_data(person: Person) -> dict[str, Any]:
    """Section → rows."""
    asked = Suggestion.objects.filter(asked_by=person)
    return {
        "requests": list(asked.values("programme__name", "asked__name", "skill__name", "message", "created_at")),
        "saved_views": list(person.saved_views.values("name", "query", "created_at")),
    }
