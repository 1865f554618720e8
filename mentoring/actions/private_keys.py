"""Private words are encrypted anew with the newest key, so that an older one may be thrown away."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models, transaction

from mentoring.private import PrivateTextField, cipher, is_newest

BATCH = 500


def private_fields() -> Iterator[tuple[type[models.Model], PrivateTextField]]:
    """Every field of private words, in every app."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, PrivateTextField):
                yield model, field


def rotate(model: type[models.Model], field: PrivateTextField, *, batch: int = BATCH) -> int:
    """Encrypts the field anew, a batch in a transaction, and says how many rows changed.

    Stop it and start it again at will: what carries the newest key already is left alone.
    """
    changed, last = 0, None
    while True:
        keys, done = _rotate_batch(model, field, last, batch)
        changed += done
        if not keys:
            return changed
        last = keys[-1]


@transaction.atomic
def _rotate_batch(
    model: type[models.Model], field: PrivateTextField, after: int | None, batch: int
) -> tuple[list[int], int]:
    """Reads the words as they are stored, past the field that would decrypt them."""
    names = (model._meta.db_table, model._meta.pk.column, field.column)
    table, key, column = (connection.ops.quote_name(str(name)) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {column} FROM {table} WHERE %s::bigint IS NULL OR {key} > %s "
            f"ORDER BY {key} LIMIT %s FOR UPDATE",
            [after, after, batch],
        )
        rows = cursor.fetchall()
        old = [(pk, words) for pk, words in rows if words and not is_newest(words)]
        for pk, words in old:
            fresh = cipher().rotate(words.encode()).decode()
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [fresh, pk])
    return [pk for pk, _ in rows], len(old)
