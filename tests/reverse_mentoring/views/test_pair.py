import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.models import Pair, Person, Reading
from tests.builders import (
    make_alice,
    make_bob,
    make_check_in,
    make_dana,
    make_goal,
    make_meeting,
    make_note,
    make_pair,
    make_skill,
)

pytestmark = pytest.mark.django_db


def page(pair: Pair, person: Person) -> str:
    client = Client()
    client.force_login(person.user)
    return client.get(reverse("pair-detail", args=[pair.pk])).content.decode()


def body(text: str) -> str:
    """The page without its head and the top bar, which differ from person to person."""
    return text.split("<main", 1)[1]


def test_page_shows_the_next_step_before_anything_else() -> None:
    pair = make_pair()
    text = page(pair, pair.mentor)

    assert text.index("Plan your first meeting with Bob") < text.index("Ways to meet you both like")


def test_page_shows_roles_what_goes_which_way_and_why() -> None:
    pair = make_pair(
        reasons=["You offer what Bob wants most."], is_exchange=True, return_skill=make_skill(name="How boards decide")
    )

    text = " ".join(page(pair, pair.mentor).split())

    assert "You share <strong>Social media</strong>" in text
    assert "Shares <strong>How boards decide</strong>" in text
    assert "You offer what Bob wants most." in text
    assert "Mutual exchange" in text


def test_page_shows_the_partners_time_where_it_differs() -> None:
    far = make_pair(mentee=make_bob(time_zone="Asia/Tokyo"))
    near = make_pair(mentor=make_alice(), mentee=make_bob())

    assert "in Tokyo" in page(far, far.mentor)
    assert "Now " not in page(near, near.mentor)


def test_words_of_people_are_escaped() -> None:
    pair = make_pair(mentee=make_bob(name="<b>Bob</b>"), reasons=["<script>alert(1)</script>"])

    text = page(pair, pair.mentor)

    assert "<b>Bob" not in text
    assert "<script>alert" not in text


def test_hr_sees_who_status_and_counts_and_no_word_of_the_two() -> None:
    pair = make_pair()
    make_meeting(
        pair=pair, starts_at=timezone.now() - dt.timedelta(days=9), status="held", topic="sesame-topic",
        agenda="sesame-agenda", shared_notes="sesame-notes", place="sesame-place",
    )  # fmt: skip
    make_note(pair=pair, text="sesame-private")

    text = page(pair, make_dana())

    assert "Alice and Bob" in text
    assert "Meetings held" in text
    assert "sesame" not in text


def test_hr_reads_a_check_in_that_its_author_shared_and_the_author_sees_that() -> None:
    pair, dana = make_pair(), make_dana()
    said = {"status": "answered", "answered_at": timezone.now(), "happiness": 2, "information": 3, "progress": 3}
    make_check_in(pair=pair, person=pair.mentor, words="We hardly talk", share_with_hr=True, **said)
    make_check_in(pair=pair, person=pair.mentee, words="For me alone", **said)

    text = page(pair, dana)

    assert "We hardly talk" in text
    assert "For me alone" not in text
    assert "We hardly talk" not in page(pair, pair.mentee)
    seen = Reading.objects.filter(what=Reading.What.CHECK_IN)
    assert [(row.person, row.reader) for row in seen] == [(pair.mentor, dana)]


def test_somebody_in_hr_who_was_ever_paired_with_the_author_does_not_read_it() -> None:
    dana, pair = make_dana(), make_pair()
    make_pair(mentor=dana, mentee=pair.mentor, status="ended", started_at=timezone.now(), finished_at=timezone.now())
    said = {"status": "answered", "answered_at": timezone.now(), "happiness": 2, "information": 3, "progress": 3}
    make_check_in(pair=pair, person=pair.mentor, words="We hardly talk", share_with_hr=True, **said)

    assert "We hardly talk" not in page(pair, dana)
    assert not Reading.objects.filter(what=Reading.What.CHECK_IN).exists()


def test_hr_does_not_learn_who_ended_a_pair_early() -> None:
    pair = make_pair()
    make_meeting(pair=pair)
    client = Client()
    client.force_login(pair.mentor.user)
    client.post(reverse("pair-end", args=[pair.pk]), {"because": "sesame"})
    ended_by_mentor = page(pair, make_dana())
    pair.refresh_from_db()
    pair.ended_by = pair.mentee
    pair.save()

    assert "sesame" not in ended_by_mentor
    assert body(page(pair, make_dana(email="dana2@demo.example"))) == body(ended_by_mentor)


@pytest.mark.parametrize(("status", "is_offered"), [("asking_senior", True), ("beginning", True), ("active", False)])
def test_hr_takes_a_pair_back_until_it_has_started(status: str, is_offered: bool) -> None:
    pair, client = make_pair(status=status), Client()
    client.force_login(make_dana().user)
    address = reverse("pair-withdraw", args=[pair.pk])

    offered = address in client.get(reverse("pair-detail", args=[pair.pk])).content.decode()
    answer = client.post(address, follow=True)

    pair.refresh_from_db()
    assert (offered, pair.status == "withdrawn") == (is_offered, is_offered)
    assert ("It is taken back" if is_offered else "no longer open, so there is nothing") in answer.content.decode()


@pytest.mark.parametrize(("status", "code"), [("asking_junior", 404), ("beginning", 403)])
def test_hr_takes_no_pair_of_their_own_back_and_learns_of_none_before_its_time(status: str, code: int) -> None:
    pair, client = make_pair(mentee=make_dana(), status=status), Client()
    client.force_login(pair.mentee.user)

    assert client.post(reverse("pair-withdraw", args=[pair.pk])).status_code == code


def test_hr_person_in_a_pair_sees_their_own_page() -> None:
    pair = make_pair(mentee=make_dana())

    assert "My private notes" in page(pair, pair.mentee)


@pytest.mark.parametrize("status", ["asking_senior", "declined", "withdrawn"])
def test_pair_that_has_not_started_is_an_invitation(status: str) -> None:
    pair = make_pair(status=status, both_know_since=timezone.now())
    client = Client()
    client.force_login(pair.mentor.user)

    answer = client.get(reverse("pair-detail", args=[pair.pk]))

    assert answer.headers["Location"] == reverse("pair-invitation", args=[pair.pk])


@pytest.mark.parametrize("status", ["asking_junior", "asking_senior"])
def test_hr_does_not_learn_who_is_being_asked(status: str) -> None:
    pair = make_pair(status=status)

    text = page(pair, make_dana())

    assert "Waiting for answers" in text
    assert "Meetings held" not in text


def test_hr_person_learns_nothing_of_an_invitation_to_themselves_before_its_time() -> None:
    pair = make_pair(mentee=make_dana(), status="asking_junior")
    client = Client()
    client.force_login(pair.mentee.user)

    answer = client.get(reverse("pair-detail", args=[pair.pk]), follow=True)

    assert answer.status_code == 404


@pytest.mark.parametrize(("status", "words"), [("completed", "Completed"), ("ended", "This pair has come to its end")])
def test_pair_that_is_over_offers_nothing_to_plan(status: str, words: str) -> None:
    pair = make_pair(status=status)

    text = page(pair, pair.mentor)

    assert words in text
    assert reverse("meeting-plan", args=[pair.pk]) not in text


def test_quick_question_has_a_page_of_its_own_shape() -> None:
    pair = make_pair(kind="quick", question="Why does my build fail?")

    text = page(pair, pair.mentor)

    assert "Bob asks you" in text
    assert "Why does my build fail?" in text
    assert "It is answered" in text
    assert "greement" not in text


def test_pair_with_little_in_common_says_what_to_do() -> None:
    pair = make_pair(mentor=make_alice(channels=["chat"]), mentee=make_bob(channels=["phone"]))

    assert "You two like different ways." in page(pair, pair.mentor)


def test_page_asks_as_many_questions_for_three_meetings_as_for_one(django_assert_max_num_queries: object) -> None:
    pair = make_pair()
    client = Client()
    client.force_login(pair.mentor.user)
    counts = set()
    for number, days in enumerate((1, 5, 9), 1):
        make_meeting(pair=pair, starts_at=timezone.now() - dt.timedelta(days=days), status="held")
        make_note(pair=pair)
        make_goal(pair=pair).milestones.create(title="Look around")
        make_check_in(pair=pair, person=pair.mentor, number=number, status="answered")
        with django_assert_max_num_queries(25) as asked:  # type: ignore[operator]
            client.get(reverse("pair-detail", args=[pair.pk]))
        counts.add(len(asked))
    assert len(counts) == 1
