"""HR's saved views, and words between HR people."""

import pytest
from django.test import Client
from django.urls import reverse

from matching.actions.desk import save_view
from matching.actions.suggestions import approve
from matching.models import Comment, SavedView
from mentoring.models import AuditEntry, Person
from tests.builders import make_charlie, make_dana, make_programme, make_suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(client: Client) -> Person:
    """Signed in."""
    dana = make_dana()
    client.force_login(dana.user)
    return dana


def test_a_view_is_kept_without_its_page_and_offered_again(client: Client, dana: Person) -> None:
    programme = make_programme()
    kept = {"name": "Close calls", "query": "status=proposed&mark=near_tie&page=3"}

    page = client.post(reverse("saved-view-save", args=[programme.pk]), kept, follow=True)

    view = SavedView.objects.get()
    assert (view.person, view.name, view.query) == (dana, "Close calls", "status=proposed&mark=near_tie")
    assert "Close calls" in page.content.decode()
    assert page.redirect_chain[-1][0].endswith("?status=proposed&mark=near_tie")


def test_a_view_of_the_same_name_gives_way_and_one_without_a_name_is_not_kept(client: Client, dana: Person) -> None:
    address = reverse("saved-view-save", args=[make_programme().pk])
    client.post(address, {"name": "Mine", "query": "q=a"})
    client.post(address, {"name": "Mine", "query": "q=b"})

    refused = client.post(address, {"name": "", "query": "q=c"}, follow=True)

    assert [view.query for view in SavedView.objects.all()] == ["q=b"]
    assert "A view needs a name" in refused.content.decode()


def test_a_view_of_somebody_else_is_neither_shown_nor_forgotten(client: Client, dana: Person) -> None:
    programme = make_programme()
    other = save_view(make_dana(name="Dora"), name="Of Dora", query="")
    own = save_view(dana, name="Of Dana", query="")

    for view in (other, own):
        client.post(reverse("saved-view-forget", args=[programme.pk, view.pk]))

    assert list(SavedView.objects.all()) == [other]
    assert "Of Dora" not in client.get(reverse("approval", args=[programme.pk])).content.decode()


def test_a_comment_is_read_by_hr_and_counted_in_the_table(client: Client, dana: Person) -> None:
    suggestion = make_suggestion()

    page = client.post(
        reverse("suggestion-comment", args=[suggestion.pk]), {"text": "Ask her boss first."}, follow=True
    )

    assert "Ask her boss first." in page.content.decode()
    table = client.get(reverse("approval", args=[suggestion.programme_id])).content.decode()
    assert "1 comment" in table
    entry = AuditEntry.objects.get(action="suggestion.commented")
    assert "boss" not in str(entry.changes)


@pytest.mark.parametrize(("text", "says"), [(" ", "Write some words first."), ("x" * 601, "at most 600 characters")])
def test_a_comment_that_is_empty_or_too_long_says_so_at_its_field_and_keeps_what_was_typed(
    client: Client, dana: Person, text: str, says: str
) -> None:
    suggestion = make_suggestion()

    page = client.post(reverse("suggestion-comment", args=[suggestion.pk]), {"text": text}).content.decode()

    assert says in page
    assert text.strip() in page
    assert not Comment.objects.exists()


@pytest.mark.parametrize("text", ["And it went well.", " "])
def test_comments_are_read_and_left_after_the_decision(client: Client, dana: Person, text: str) -> None:
    suggestion = make_suggestion()
    Comment.objects.create(suggestion=suggestion, by=dana, text="They share an office.")
    approve(suggestion, by=dana)
    here = reverse("suggestion-swap", args=[suggestion.pk])

    page = client.get(here).content.decode()
    after = client.post(reverse("suggestion-comment", args=[suggestion.pk]), {"text": text}, follow=True)

    for shown in (page, after.content.decode()):
        assert "Dana approved this" in shown
        assert "They share an office." in shown
        assert 'name="keep"' not in shown
    assert ("And it went well." if text.strip() else "Write some words first.") in after.content.decode()


def test_who_is_in_the_suggestion_neither_reads_nor_writes_comments_on_it(client: Client, dana: Person) -> None:
    suggestion = make_suggestion(mentor=dana, mentee=make_charlie())
    Comment.objects.create(suggestion=suggestion, by=make_dana(name="Dora"), text="She is too busy.")

    refused = client.post(reverse("suggestion-comment", args=[suggestion.pk]), {"text": "I am not!"})
    page = client.get(reverse("suggestion-swap", args=[suggestion.pk])).content.decode()

    assert refused.status_code == 403
    assert "too busy" not in page
    assert Comment.objects.count() == 1
