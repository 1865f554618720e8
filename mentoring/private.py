"""Private words: encrypted at rest, with keys that rotate. They go into no log, audit row, mail or admin page."""

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """Encrypts with the first of settings.PRIVATE_TEXT_KEYS and decrypts with any of them."""
    return _cipher(tuple(settings.PRIVATE_TEXT_KEYS))


def is_newest(stored: str | bytes) -> bool:
    """Was this encrypted with the newest key?"""
    try:
        Fernet(settings.PRIVATE_TEXT_KEYS[0]).decrypt(stored)
    except InvalidToken:
        return False
    return True


class PrivateTextField(models.TextField):  # type: ignore[type-arg]
    """Text that the database holds only encrypted. It cannot be searched, ordered by or compared."""

    description = "Private words, encrypted at rest"

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value if value in (None, "") else cipher().encrypt(str(value).encode()).decode()

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return value if value in (None, "") else cipher().decrypt(value.encode()).decode()

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """Bytes that the database holds only encrypted."""

    description = "Sealed bytes, encrypted at rest"

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return None if value is None else cipher().encrypt(bytes(value))

    def from_db_value(self, value: Any, expression: object, connection: object) -> bytes | None:
        return None if value is None else cipher().decrypt(bytes(value))
