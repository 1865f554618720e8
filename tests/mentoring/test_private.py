"""Private words reach no log, audit row, mail or admin page; here by writing some and looking everywhere."""

import logging

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection
from django.test import Client

from mentoring.actions import worksheet
from mentoring.models import RatherNotList, SwotEntry
from mentoring.private import is_newest
from tests.builders import make_alice, make_bob, make_dana

pytestmark = pytest.mark.django_db

WORDS = "zibelzahm"  # found nowhere else


def stored(*, but: str = "") -> str:
    """Every row of every table but one, as PostgreSQL writes it."""
    with connection.cursor() as cursor:
        text = []
        for table in sorted({model._meta.db_table for model in apps.get_models()} - {but}):
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')
            text += [row[0] for row in cursor.fetchall()]
    return "\n".join(text)


def test_private_words_come_back_to_their_author_and_stand_nowhere_in_the_database(client: Client) -> None:
    alice = make_alice()
    client.force_login(alice.user)

    client.post("/swot/", {"quadrant": "weakness", "text": WORDS})

    assert WORDS in client.get("/swot/").content.decode()
    assert WORDS not in stored()


def test_private_words_reach_no_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.force_login(make_alice().user)

    with caplog.at_level(logging.DEBUG):
        client.post("/swot/", {"quadrant": "weakness", "text": WORDS})
        client.post("/swot/", {"quadrant": "no such quadrant", "text": WORDS})

    assert [record.name for record in caplog.records if WORDS in record.getMessage()] == []


def test_the_rather_not_list_is_encrypted_and_changes_no_other_table() -> None:
    alice, bob = make_alice(), make_bob()
    before = stored(but="mentoring_rathernotlist")

    worksheet.add_rather_not(alice, bob)

    with connection.cursor() as cursor:
        cursor.execute("SELECT keys FROM mentoring_rathernotlist")
        [[keys]] = cursor.fetchall()
    assert is_newest(keys)
    assert stored(but="mentoring_rathernotlist") == before
    assert RatherNotList.objects.get().person_ids == [bob.pk]


def test_the_same_words_are_never_stored_the_same() -> None:
    for person in (make_alice(), make_bob()):
        worksheet.add_entry(person, SwotEntry.Quadrant.THREAT, WORDS)

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM mentoring_swotentry")
        first, second = (row[0] for row in cursor.fetchall())
    assert first != second


def test_private_words_cannot_be_searched_for() -> None:
    for lookup in ("text", "text__icontains", "text__startswith", "text__in"):
        with pytest.raises(FieldError):
            list(SwotEntry.objects.filter(**{lookup: [WORDS] if lookup.endswith("in") else WORDS}))


def test_private_fields_stand_on_no_form_of_the_admin(client: Client) -> None:
    alice, dana = make_alice(), make_dana()
    dana.user.is_staff = dana.user.is_superuser = True
    dana.user.save()
    worksheet.add_entry(alice, SwotEntry.Quadrant.THREAT, WORDS)
    client.force_login(dana.user)

    pages = [client.get("/admin/"), client.get(f"/admin/mentoring/person/{alice.pk}/change/")]

    assert [WORDS in page.content.decode() for page in pages] == [False, False]
