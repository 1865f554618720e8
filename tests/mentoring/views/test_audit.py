"""HR searches the audit and takes it away; it does not tell who said no."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mentoring.actions import pairs, people
from mentoring.actions.base import record
from mentoring.models import AuditEntry, Person, Reading
from mentoring.views import audit
from tests.builders import make_alice, make_bob, make_dana, make_department, make_pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(client: Client) -> Person:
    dana = make_dana()
    client.force_login(dana.user)
    return dana


def found(client: Client, **query: object) -> list[tuple[str, str]]:
    page = client.get("/hr/audit/", query)
    return [(entry.action, entry.object_name) for entry, _ in page.context["rows"]]


def read(client: Client, query: str) -> str:
    return b"".join(client.get(f"/hr/audit.csv{query}")).decode("utf-8-sig")  # type: ignore[call-overload]


def test_the_audit_is_searched_by_person_action_thing_and_period(client: Client, dana: Person) -> None:
    alice, bob = make_alice(), make_bob()
    people.change_profile(alice, by=alice, job_title="Lead")
    people.change_profile(bob, by=dana, job_title="Head")
    today = timezone.localdate()
    hers, his = ("person.changed", "Alice"), ("person.changed", "Bob")

    assert found(client) == [his, hers]
    assert found(client, who="ali") == [hers]
    assert found(client, by=dana.pk) == [his]
    assert found(client, on="bo") == [his]
    assert found(client, kind="person", key=alice.pk) == [hers]
    assert found(client, action="person.left") == []
    assert found(client, since=today, until=today) == [his, hers]
    assert found(client, until=today - dt.timedelta(days=1)) == []
    assert found(client, who="Nobody of this name") == []


def test_old_and_new_stand_beside_each_other(client: Client, dana: Person) -> None:
    people.change_profile(make_alice(), by=dana, job_title="Lead")

    page = client.get("/hr/audit/").content.decode()

    assert "<del>Specialist</del> → <ins>Lead</ins>" in " ".join(page.split())


@pytest.mark.parametrize(
    "query",
    [{"since": "2027-02-30"}, {"since": "2027-02-02", "until": "2027-02-01"}, {"action": "x"}, {"by": "-1"},
     {"by": "9" * 40}, {"key": "x"}, {"kind": "x"}, {"on": "'\"\\&|:*("}, {"before": "x" * 50}, {"after": "9" * 30}],
)  # fmt: skip
def test_what_cannot_be_searched_for_breaks_nothing(client: Client, dana: Person, query: dict[str, str]) -> None:
    assert client.get("/hr/audit/", query).status_code == 200
    answer = client.get("/hr/audit.csv", query)
    list(answer)  # which closes its file
    assert answer.status_code in (200, 302)


def test_it_does_not_tell_who_said_no(client: Client, dana: Person) -> None:
    """Nor when: beside what somebody did in that minute it would name them."""
    pair = make_pair(status="asking_junior")
    people.change_profile(pair.mentor, by=pair.mentor, job_title="Lead")
    pairs.decline(pair, by=pair.mentor, because="Secret")

    aloud, quiet = client.get("/hr/audit/").content.decode(), client.get("/hr/audit/?ends=yes").content.decode()
    table = read(client, "?ends=yes")

    assert "Invitation not taken up" not in aloud.partition("<table")[2]
    row = quiet.partition("<tbody>")[2]
    assert "Invitation not taken up" in row
    assert f"{timezone.localtime():%H:%M}" not in row
    assert table.splitlines()[1].startswith(f"{timezone.now():%Y-%m-%d},,Invitation not taken up")
    assert "Secret" not in aloud + quiet + table


def test_pages_lead_to_older_rows_and_back(client: Client, dana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "PAGE", 2)
    parts = [make_department(name=f"Department {n}") for n in range(5)]
    for part in parts:
        record(AuditEntry.Action.ORGANISATION_CHANGED, part, by=dana)
    names: list[list[str]] = []
    query: dict[str, object] = {}
    for step in ("older", "older", "newer", "newer"):
        page = client.get("/hr/audit/", query).context["page"]
        names.append([entry.object_name[-1] for entry in page.rows])
        query = {"before": page.older} if step == "older" else {"after": page.newer}

    assert names == [["4", "3"], ["2", "1"], ["0"], ["2", "1"]]
    assert client.get("/hr/audit/", query).context["page"].newer is None


def test_the_download_has_no_live_formula_and_leaves_a_row(client: Client, dana: Person) -> None:
    make_alice(name="=HYPERLINK(1)")
    people.change_profile(Person.objects.get(name__startswith="="), by=dana, job_title="+1")

    lines = read(client, "?who=Dana").splitlines()

    assert lines[0] == "When,Who,What,On,Name,Changes"
    assert "'=HYPERLINK(1)" in lines[1]
    assert "job title: Specialist → +1" in lines[1]
    assert AuditEntry.objects.latest("pk").action == "audit.exported"


def test_too_much_is_not_downloaded(client: Client, dana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "MOST_EXPORTED", 1)
    for title in ("A", "B"):
        people.change_profile(dana, by=dana, job_title=title)

    page = client.get("/hr/audit.csv", follow=True).content.decode()

    assert "Choose a shorter period" in page


def test_looking_at_what_one_person_did_is_a_reading(client: Client, dana: Person) -> None:
    alice = make_alice()

    for _ in range(2):
        client.get("/hr/audit/", {"by": alice.pk})

    assert [(r.person, r.reader, r.what) for r in Reading.objects.all()] == [(alice, dana, "audit")]


@pytest.mark.parametrize("number", [1, 3])
def test_the_audit_asks_the_same_few_questions_for_any_number(
    client: Client, dana: Person, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(number):
        people.change_profile(make_alice(), by=dana, job_title=f"Lead {n}")

    with django_assert_num_queries(3):
        client.get("/hr/audit/")
