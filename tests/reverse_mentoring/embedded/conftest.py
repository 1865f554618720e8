"""Places of their own for the embedded services: one that everybody can enter, one that is private."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from reverse_mentoring.embedded.address import DATABASE
from reverse_mentoring.embedded.place import Place, place_of, remove


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short path that everybody can enter."""
    made = Path(tempfile.mkdtemp(prefix="rm-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def place(folder: Path) -> Iterator[Place]:
    made = place_of(folder / "run")
    yield made
    remove(made)


def ask(place: Place, *statements: str) -> object:
    """Run the statements on the place's database; the first value that the last one answers."""
    connection = psycopg2.connect(host=str(place.postgres_socket_folder), user="postgres", dbname=DATABASE)
    try:
        with connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()
