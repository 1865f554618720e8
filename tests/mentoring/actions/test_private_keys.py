import pytest
from cryptography.fernet import Fernet
from django.conf import LazySettings
from django.db import connection

from matching.models import RunRecord
from mentoring.actions import worksheet
from mentoring.actions.private_keys import private_fields, rotate
from mentoring.models import RatherNotList, SwotEntry
from mentoring.private import PrivateTextField
from tests.builders import make_alice, make_bob, make_run

pytestmark = pytest.mark.django_db

TEXT = SwotEntry._meta.get_field("text")
assert isinstance(TEXT, PrivateTextField)


def stored() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM mentoring_swotentry ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def write(number: int) -> None:
    alice = make_alice()
    for each in range(number):
        worksheet.add_entry(alice, SwotEntry.Quadrant.STRENGTH, f"Words {each}")


def test_every_private_field_is_found() -> None:
    names = {f"{model._meta.label}.{field.name}" for model, field in private_fields()}

    assert {
        "mentoring.SwotEntry.text", "mentoring.RatherNotList.keys", "mentoring.PrivateNote.text",
        "mentoring.Pair.no_because", "goals.CheckIn.words",
    } <= names  # fmt: skip


def test_after_a_rotation_the_older_key_may_go(settings: LazySettings) -> None:
    write(3)
    old, new = settings.PRIVATE_TEXT_KEYS[0], Fernet.generate_key().decode()
    settings.PRIVATE_TEXT_KEYS = [new, old]

    assert rotate(SwotEntry, TEXT, batch=2) == 3  # type: ignore[arg-type]

    settings.PRIVATE_TEXT_KEYS = [new]
    assert [entry.text for entry in SwotEntry.objects.order_by("pk")] == ["Words 0", "Words 1", "Words 2"]


def test_words_written_with_the_newest_key_are_left_alone(settings: LazySettings) -> None:
    write(1)
    settings.PRIVATE_TEXT_KEYS = [Fernet.generate_key().decode(), *settings.PRIVATE_TEXT_KEYS]
    SwotEntry.objects.create(person=make_bob(), quadrant="threat", text="Newer")
    [old, new] = stored()

    assert rotate(SwotEntry, TEXT) == 1  # type: ignore[arg-type]
    assert rotate(SwotEntry, TEXT) == 0  # type: ignore[arg-type]

    assert stored()[0] != old
    assert stored()[1] == new


def test_a_rotation_that_was_stopped_goes_on_where_it_was(settings: LazySettings) -> None:
    write(3)
    settings.PRIVATE_TEXT_KEYS = [Fernet.generate_key().decode(), *settings.PRIVATE_TEXT_KEYS]
    first = SwotEntry.objects.order_by("pk")[0]
    first.save()  # as a batch that went through before the stop

    assert rotate(SwotEntry, TEXT, batch=1) == 2  # type: ignore[arg-type]


def test_empty_words_stay_empty(settings: LazySettings) -> None:
    RatherNotList.objects.create(person=make_alice(), keys="")
    field = RatherNotList._meta.get_field("keys")
    settings.PRIVATE_TEXT_KEYS = [Fernet.generate_key().decode(), *settings.PRIVATE_TEXT_KEYS]

    assert rotate(RatherNotList, field) == 0  # type: ignore[arg-type]
    assert RatherNotList.objects.get().person_ids == []


def test_sealed_bytes_get_the_newest_key_too(settings: LazySettings) -> None:
    kept = RunRecord.objects.create(run=make_run(), content=b"\x00prices")
    sealed = RunRecord._meta.get_field("content")
    settings.PRIVATE_TEXT_KEYS = [Fernet.generate_key().decode(), *settings.PRIVATE_TEXT_KEYS]

    assert [field for model, field in private_fields() if model is RunRecord] == [sealed]
    assert rotate(RunRecord, sealed) == 1  # type: ignore[arg-type]
    assert rotate(RunRecord, sealed) == 0  # type: ignore[arg-type]

    settings.PRIVATE_TEXT_KEYS = settings.PRIVATE_TEXT_KEYS[:1]
    assert RunRecord.objects.get(pk=kept.pk).content == b"\x00prices"
