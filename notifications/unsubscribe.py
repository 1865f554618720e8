"""The link in every mail that stops its kind without signing in. Showing the page changes nothing; its button does."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "notifications.unsubscribe"


def unsubscribe_url(user_id: int, kind: str) -> str:
    token = signing.dumps([user_id, str(kind)], salt=SALT, compress=True)
    return settings.SITE_URL + reverse("unsubscribe", args=[token])


def read_token(token: str) -> tuple[int, str]:
    """(user, kind). Raises signing.BadSignature for a link that is not ours."""
    user_id, kind = signing.loads(token, salt=SALT)
    return int(user_id), str(kind)
