"""What this app holds about a person, for their own eyes."""

from typing import Any

from notifications.models import Message, Preference, Rhythm


def own_data(user_id: int) -> dict[str, Any]:
    """Section → rows."""
    sent = Message.objects.filter(recipient=user_id, in_app=True).order_by("pk")
    choices = Preference.objects.filter(user=user_id)
    return {
        "messages": list(sent.values("created_at", "kind", "subject", "to", "read_at")),
        "message_choices": list(choices.values("kind", "by_email", "in_app")),
        "how_often_mail_comes": list(Rhythm.objects.filter(pk=user_id).values_list("every", flat=True)),
    }
