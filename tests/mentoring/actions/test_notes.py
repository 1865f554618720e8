import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from mentoring.actions.notes import change, keep_on_meeting, remove, write
from mentoring.models import AuditEntry, PrivateNote
from tests.builders import make_alice, make_meeting, make_pair

pytestmark = pytest.mark.django_db


def test_note_is_its_authors_alone() -> None:
    pair = make_pair()

    note = write(pair, by=pair.mentor, text="Ask about hashtags")

    assert list(PrivateNote.objects.visible_to(pair.mentor.user)) == [note]
    assert list(PrivateNote.objects.visible_to(pair.mentee.user)) == []


def test_note_is_encrypted_and_leaves_no_trace_in_the_audit() -> None:
    pair = make_pair()

    write(pair, by=pair.mentor, text="Ask about hashtags")

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM mentoring_privatenote")
        [[stored]] = cursor.fetchall()
    assert "hashtags" not in stored
    assert AuditEntry.objects.count() == 0


def test_note_sent_twice_is_one_note() -> None:
    pair = make_pair()

    assert write(pair, by=pair.mentor, text="Once") == write(pair, by=pair.mentor, text="Once")


def test_stranger_writes_no_note() -> None:
    with pytest.raises(ValueError, match="not in the pair"):
        write(make_pair(), by=make_alice(), text="Hello")


@pytest.mark.parametrize(("text", "words"), [(" \n", "Write a few words"), ("x" * 4001, "under 4000 characters")])
def test_note_has_words_and_not_too_many(text: str, words: str) -> None:
    pair = make_pair()

    with pytest.raises(ValidationError, match=words):
        write(pair, by=pair.mentor, text=text)


def test_note_is_changed_and_removed() -> None:
    pair = make_pair()
    note = write(pair, by=pair.mentor, text="One")

    changed = change(note, text="Two", seen=note.updated_at)

    assert changed.text == "Two"
    remove(changed)
    assert PrivateNote.objects.count() == 0


def test_change_from_a_stale_page_is_refused() -> None:
    pair = make_pair()
    note = write(pair, by=pair.mentor, text="One")
    change(note, text="Two", seen=note.updated_at)

    with pytest.raises(ValidationError, match="Somebody changed this"):
        change(note, text="Three", seen=note.updated_at)


def test_meeting_has_one_note_of_each() -> None:
    meeting = make_meeting(pair=make_pair())
    mentor, mentee = meeting.pair.people

    keep_on_meeting(meeting, by=mentor, text="One")
    keep_on_meeting(meeting, by=mentor, text="Two")
    keep_on_meeting(meeting, by=mentee, text="Mine")

    assert {(note.author, note.text) for note in PrivateNote.objects.all()} == {(mentor, "Two"), (mentee, "Mine")}


def test_emptied_note_on_a_meeting_is_gone() -> None:
    meeting = make_meeting(pair=make_pair())
    keep_on_meeting(meeting, by=meeting.pair.mentor, text="One")

    keep_on_meeting(meeting, by=meeting.pair.mentor, text="  ")

    assert PrivateNote.objects.count() == 0
