import pytest
from django.urls import reverse

from mentoring.models import PrivateNote
from tests.builders import make_note, make_pair
from tests.support.clients import client_of

pytestmark = pytest.mark.django_db


def test_note_is_written_and_stands_on_its_authors_pair_page_alone() -> None:
    pair = make_pair()

    client_of(pair.mentor).post(reverse("note-create", args=[pair.pk]), {"text": "Let her click"})

    url = reverse("pair-detail", args=[pair.pk])
    assert "Let her click" in client_of(pair.mentor).get(url).content.decode()
    assert "Let her click" not in client_of(pair.mentee).get(url).content.decode()


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_note_without_words_or_with_too_many_is_refused_at_the_field(text: str) -> None:
    pair = make_pair()

    answer = client_of(pair.mentor).post(reverse("note-create", args=[pair.pk]), {"text": text})

    assert list(answer.context["form"].errors) == ["text"]


def test_note_is_changed() -> None:
    note = make_note(pair=make_pair())

    client_of(note.author).post(reverse("note-edit", args=[note.pk]), {"text": "Other words"})

    note.refresh_from_db()
    assert note.text == "Other words"


def test_note_that_another_tab_changed_is_not_overwritten_unseen() -> None:
    note = make_note(pair=make_pair())
    client, url = client_of(note.author), reverse("note-edit", args=[note.pk])
    seen = client.get(url).context["form"]["seen"].value()
    client.post(url, {"text": "From the other tab", "seen": seen})

    refused = client.post(url, {"text": "From this tab", "seen": seen})
    client.post(url, {"text": "From this tab", "seen": refused.context["form"]["seen"].value()})

    page = refused.content.decode()
    assert "From this tab" in page
    assert "From the other tab" in page
    note.refresh_from_db()
    assert note.text == "From this tab"


def test_note_is_deleted_by_post_alone() -> None:
    note = make_note(pair=make_pair())
    client, url = client_of(note.author), reverse("note-delete", args=[note.pk])

    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302
    assert PrivateNote.objects.count() == 0


def test_partner_finds_no_note() -> None:
    note = make_note(pair=make_pair())

    assert client_of(note.pair.mentee).get(reverse("note-edit", args=[note.pk])).status_code == 404
