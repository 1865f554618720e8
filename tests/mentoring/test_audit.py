"""The audit and the readings: the database keeps them as they were written."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from mentoring.actions import readings
from mentoring.actions.base import record
from mentoring.models import AuditEntry, Reading
from tests.builders import make_alice, make_dana

pytestmark = pytest.mark.django_db
TABLES = {"mentoring_auditentry": "audit_is_never_emptied", "mentoring_reading": "readings_are_never_emptied"}


@pytest.fixture
def written() -> Iterator[None]:
    """A row of each, and all triggers as the migrations left them: other tests empty tables between them."""
    alice, dana = make_alice(), make_dana()
    record(AuditEntry.Action.PERSON_CHANGED, alice, by=dana)
    readings.note([alice.pk], Reading.What.PAGE, by=dana)
    with connection.cursor() as cursor:
        for table, trigger in TABLES.items():
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
        yield


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("order", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}", "TRUNCATE {} CASCADE"])
def test_nobody_changes_deletes_or_empties(written: None, table: str, order: str) -> None:
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(order.format(table))

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == (1,)


def test_every_trigger_of_the_migrations_is_there() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text = ANY(%s)", [list(TABLES)]
        )
        found = {name for (name,) in cursor.fetchall()}

    assert found == {"audit_is_written_once", "readings_are_written_once", *TABLES.values()}


def test_a_search_by_name_uses_its_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = AuditEntry.objects.on("ali bo").order_by().explain()

    assert "audit_name" in plan
