"""The link in a check-in's mail that needs no sign-in: signed, for one check-in, dead once it is answered or over."""

from django.core import signing
from django.urls import reverse

SALT = "goals.check_in"


def check_in_url(check_in_id: int) -> str:
    return reverse("check-in-by-mail", args=[signing.dumps(check_in_id, salt=SALT)])


def read_token(token: str) -> int:
    """The check-in's key. Raises signing.BadSignature for a link that is not ours."""
    return int(signing.loads(token, salt=SALT))
