"""Private words and sealed bytes are encrypted anew with the newest key, so that an older one may be thrown away."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models, transaction

from mentoring.private import PrivateTextField, SealedField, cipher, is_newest

BATCH = 500
SEALED_BATCH = 4  # sealed bytes may be many
Private = PrivateTextField | SealedField


def private_fields() -> Iterator[tuple[type[models.Model], Private]]:
    """Every field of private words or sealed bytes, in every app."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, Private):
                yield model, field


def rotate(model: type[models.Model], field: Private, *, batch: int = BATCH) -> int:
    """Encrypts the field anew, a batch in a transaction, and says how many rows changed.

    Stop it and start it again at will: what carries the newest key already is left alone.
    """
    changed, last = 0, None
    batch = min(batch, SEALED_BATCH) if isinstance(field, SealedField) else batch
    while True:
        keys, done = _rotate_batch(model, field, last, batch)
        changed += done
        if not keys:
            return changed
        last = keys[-1]


@transaction.atomic
def _rotate_batch(model: type[models.Model], field: Private, after: int | None, batch: int) -> tuple[list[int], int]:
    """Reads what is stored, past the field that would decrypt it: words as text, sealed bytes as bytes."""
    names = (model._meta.db_table, model._meta.pk.column, field.column)
    table, key, column = (connection.ops.quote_name(str(name)) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {column} FROM {table} WHERE %s::bigint IS NULL OR {key} > %s "
            f"ORDER BY {key} LIMIT %s FOR UPDATE",
            [after, after, batch],
        )
        rows = cursor.fetchall()
        stored = [(pk, words if isinstance(words, str) else bytes(words)) for pk, words in rows if words]
        old = [(pk, words) for pk, words in stored if not is_newest(words)]
        for pk, words in old:
            rotated = cipher().rotate(words)
            fresh = rotated.decode() if isinstance(words, str) else rotated
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [fresh, pk])
    return [pk for pk, _ in rows], len(old)
