import datetime as dt

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from goals.links import check_in_url
from goals.models import CheckIn
from mentoring.models import Pair
from tests.builders import make_alice, make_bob, make_check_in, make_dana, make_pair

pytestmark = pytest.mark.django_db

ANSWERS = {
    "happiness": 4, "information": 3, "progress": 2, "help_wanted": "nobody", "words": "It is slow.",
    "share_with_hr": "",
}  # fmt: skip


def asked() -> CheckIn:
    """Alice's, open since yesterday."""
    pair = make_pair()
    return make_check_in(pair=pair, person=pair.mentor)


def as_(row: CheckIn, client: Client) -> Client:
    client.force_login(row.person.user)
    return client


def test_page_asks_the_four_questions_and_says_who_sees_what(client: Client) -> None:
    row = asked()

    page = as_(row, client).get(f"/check-ins/{row.pk}/").content.decode()

    for words in (
        "How is it going with", "Are you happy with it?", "Do you get what you need?", "Do you want help?",
        "How is the progress on your goals?", "Bob: nothing", "HR: nothing with your name, unless you tick it",
    ):  # fmt: skip
        assert words in page


def test_answer_is_kept_and_shown_to_its_author(client: Client) -> None:
    row = asked()

    page = as_(row, client).post(f"/check-ins/{row.pk}/", ANSWERS, follow=True).content.decode()

    row.refresh_from_db()
    assert (row.status, row.happiness, row.words, row.share_with_hr) == ("answered", 4, "It is slow.", False)
    assert "It is slow." in page
    assert "You alone" in page


def test_sending_it_twice_keeps_the_first_answer(client: Client) -> None:
    row = asked()
    as_(row, client).post(f"/check-ins/{row.pk}/", ANSWERS)

    page = client.post(f"/check-ins/{row.pk}/", {**ANSWERS, "happiness": 1}, follow=True).content.decode()

    row.refresh_from_db()
    assert row.happiness == 4
    assert "You have answered this check-in already" in page


def test_what_is_missing_is_said_at_its_question_and_what_was_typed_is_kept(client: Client) -> None:
    row = asked()

    page = as_(row, client).post(f"/check-ins/{row.pk}/", {**ANSWERS, "happiness": ""}).content.decode()

    assert "Choose one of the five." in page
    assert "It is slow." in page
    assert CheckIn.objects.get().status == "waiting"


@pytest.mark.parametrize(("field", "value"), [("happiness", "6"), ("progress", "x"), ("words", "x" * 1001)])
def test_what_does_not_fit_is_refused(field: str, value: str, client: Client) -> None:
    row = asked()

    answer = as_(row, client).post(f"/check-ins/{row.pk}/", {**ANSWERS, field: value})

    assert answer.status_code == 200
    assert CheckIn.objects.get().status == "waiting"


def test_before_its_time_there_is_nothing_to_answer(client: Client) -> None:
    row = asked()
    CheckIn.objects.update(due_at=timezone.now() + dt.timedelta(days=2))

    page = as_(row, client).get(f"/check-ins/{row.pk}/").content.decode()

    assert "This check-in opens on" in page
    assert "<textarea" not in page


def test_neither_partner_nor_hr_finds_it(client: Client) -> None:
    row = asked()

    for person in (row.pair.mentee, make_dana()):
        client.force_login(person.user)
        assert client.get(f"/check-ins/{row.pk}/").status_code == 404


def test_the_link_in_the_mail_shows_and_only_its_button_records(client: Client) -> None:
    row = asked()
    link = check_in_url(row.pk)

    for _ in range(3):
        assert "Are you happy with it?" in client.get(link).content.decode()
        assert client.head(link).status_code == 200
    assert CheckIn.objects.get().status == "waiting"
    page = client.post(link, ANSWERS).content.decode()

    assert "Your answer is kept" in page
    assert CheckIn.objects.get(number=1).status == "answered"


def test_the_link_works_once_and_shows_nothing_of_the_answer(client: Client) -> None:
    row = asked()
    link = check_in_url(row.pk)
    client.post(link, ANSWERS)

    again = client.post(link, {**ANSWERS, "happiness": 1})

    assert (again.status_code, CheckIn.objects.get(number=1).happiness) == (410, 4)
    assert "It is slow." not in client.get(link).content.decode()


@pytest.mark.parametrize("change", [{"lapses_at": timezone.now() - dt.timedelta(hours=1)}, {"status": "lapsed"}])
def test_the_link_ends_with_its_check_in(change: dict[str, object], client: Client) -> None:
    row = asked()
    CheckIn.objects.update(**change)

    assert client.post(check_in_url(row.pk), ANSWERS).status_code == 410
    assert CheckIn.objects.get().happiness is None


def test_the_link_ends_with_its_pair(client: Client) -> None:
    row = asked()
    Pair.objects.update(status="ended")

    assert client.get(check_in_url(row.pk)).status_code == 410


def test_a_link_that_is_not_ours_is_not_found(client: Client, settings: LazySettings) -> None:
    row = asked()
    link = check_in_url(row.pk)
    settings.SECRET_KEY = "another-one"

    assert client.get(link).status_code == 404
    assert client.get(f"/check-ins/by-mail/{row.pk}/").status_code == 404


def test_the_author_who_is_signed_in_is_led_to_their_own_page(client: Client) -> None:
    row = asked()

    answer = as_(row, client).get(check_in_url(row.pk))

    assert answer["Location"] == f"/check-ins/{row.pk}/"


def test_the_link_is_nothing_to_somebody_else_who_is_signed_in(client: Client) -> None:
    row = asked()
    client.force_login(make_dana().user)

    assert client.get(check_in_url(row.pk)).status_code == 404


@pytest.mark.parametrize("past", [1, 3])
def test_page_costs_the_same_however_many_came_before(
    past: int, client: Client, django_assert_num_queries: object
) -> None:
    pair = make_pair(mentor=make_alice(), mentee=make_bob())
    row = make_check_in(pair=pair, person=pair.mentor, number=9)
    for number in range(1, past + 1):
        make_check_in(pair=pair, person=pair.mentor, number=number, status="answered")
    as_(row, client)

    with django_assert_num_queries(4):  # type: ignore[operator]
        client.get(f"/check-ins/{row.pk}/")
