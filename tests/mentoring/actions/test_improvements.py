"""“You said, we did”: published in batches, detached from pairs."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mentoring.actions import improvements
from mentoring.models import AuditEntry, Improvement, Person, Publication, TransitionError
from tests.builders import make_alice, make_dana, make_pair, make_person

pytestmark = pytest.mark.django_db


def make_entry(*, author: Person | None = None, **fields: object) -> Improvement:
    fields = {"heard": "Access takes weeks", "did": "A day now", **fields}
    return Improvement.objects.create(author=author or make_person(), **fields)


def make_day(days: int = 0) -> Publication:
    return Publication.objects.create(on=timezone.localdate() + dt.timedelta(days=days))


def publish(days: int = 0) -> int:
    return improvements.publish_due(timezone.localdate() + dt.timedelta(days=days))


def test_entries_of_three_authors_go_out_together_on_the_day() -> None:
    for _ in range(3):
        make_entry()
    kept = make_entry(is_held_back=True)
    make_day()

    assert (publish(), publish()) == (3, 0)
    assert Improvement.objects.published().count() == 3
    kept.refresh_from_db()
    assert kept.publication is None


def test_one_author_is_never_published_alone_and_the_next_entry_does_not_tell_when_it_came() -> None:
    author = make_person()
    for _ in range(5):
        make_entry(author=author)
    day = make_day()

    assert publish() == 0
    make_entry()
    make_entry()
    assert publish() == 0  # not at once, but on the day to which it was put off
    day.refresh_from_db()
    assert day.on == timezone.localdate() + improvements.PUT_OFF
    assert publish(days=28) == 7


def test_before_the_day_nothing_goes_out_and_a_missed_day_is_made_up() -> None:
    for _ in range(3):
        make_entry()
    make_day(1)

    assert (publish(), publish(days=9)) == (0, 3)


def test_only_seniors_and_hr_log_and_never_with_the_name_of_a_partner() -> None:
    pair = make_pair()
    with pytest.raises(TransitionError):
        improvements.log(by=pair.mentor, heard="This", did="That")
    for words in ("What Alice said", "ALICE’s idea", "(Alice) said"):
        with pytest.raises(ValidationError, match="Leave out the name"):
            improvements.log(by=pair.mentee, heard=words, did="That")

    improvements.log(by=pair.mentee, heard="Malice is gone", did="That")
    improvements.log(by=make_dana(), heard="This", did="That")

    assert Improvement.objects.count() == 2
    assert not AuditEntry.objects.exists()  # a moment beside a meeting would tell the pair


def test_what_is_published_stays() -> None:
    rows, dana = [make_entry() for _ in range(3)], make_dana()
    day = make_day()
    publish()

    for change in (
        lambda: improvements.take_back(rows[0], by=rows[0].author),
        lambda: improvements.hold_back(rows[0], True, by=dana),
        lambda: improvements.remove_day(day, by=dana),
    ):
        with pytest.raises(TransitionError):
            change()


def test_everybody_reads_it_without_its_author_unless_they_wish(client: Client) -> None:
    make_entry(author=make_person(name="Anna Quiet"))
    make_entry(author=make_person(name="Lou Loud"), with_name=True)
    make_entry(did="<script>alert(1)</script>")
    make_entry(heard="Not published yet", is_held_back=True)
    make_day()
    publish()
    client.force_login(make_alice().user)

    page = client.get("/you-said-we-did/").content.decode()

    assert ("Lou Loud" in page, "Anna Quiet" in page, "Not published yet" in page) == (True, False, False)
    assert "<script>alert" not in page


@pytest.mark.parametrize("day", ["", "x", "2020-01-01"])
def test_a_wrong_day_is_said_at_its_field(client: Client, day: str) -> None:
    client.force_login(make_dana().user)

    response = client.post("/hr/you-said-we-did/", {"on": day})

    assert list(response.context["form"].errors) == ["on"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_the_same_few_questions_for_any_number(
    client: Client, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    dana = make_dana()
    for n in range(3 * number):
        make_entry(heard=f"Heard {n}", with_name=True)
    make_day()
    publish()
    for _ in range(number):
        make_entry(author=dana)
    client.force_login(dana.user)

    for path in ("you-said-we-did/", "you-said-we-did/log/", "hr/you-said-we-did/"):
        with django_assert_max_num_queries(7):
            assert client.get(f"/{path}").status_code == 200
