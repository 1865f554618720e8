import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.imports import start
from mentoring.models import (
    AuditEntry,
    Department,
    Grade,
    ImportChunk,
    ImportRow,
    Pair,
    PeopleImport,
    Person,
    Site,
    TransitionError,
)
from notifications.models import Message
from tests.builders import make_alice, make_bob, make_dana, make_pair, make_partner, make_person
from tests.mentoring.actions.imports.files import applied, csv_file, problems, read, step, verdicts

pytestmark = pytest.mark.django_db
Status = PeopleImport.Status
ANN = "1,Ann Able,ann@demo.example,Sales,7,Leeds,,2020-01-31"
BEN = "2,Ben Best,ben@demo.example,Sales,3,Leeds,1,2024-02-01"


def test_a_preview_writes_nothing_and_tells_what_would_change() -> None:
    job = read(ANN, BEN)

    assert (job.status, job.rows, job.problem_count) == (Status.READY, 2, 0)
    assert (job.counts["new"], job.writes, job.leavers) == (2, 2, 0)
    assert job.additions == {"department": ["Sales"], "site": ["Leeds"], "grade": ["3", "7"]}
    assert not Person.objects.exists()


def test_new_people_come_with_everything_that_the_file_says() -> None:
    job = applied(read(ANN, BEN))

    ben = Person.objects.select_related("user", "department", "grade", "site", "manager").get(employee_number="2")
    assert (job.status, job.problem) == (Status.DONE, "")
    assert (ben.name, ben.user.email, str(ben.department), str(ben.grade), ben.level, str(ben.site)) == (
        "Ben Best", "ben@demo.example", "Sales", "Grade 3", 3, "Leeds",
    )  # fmt: skip
    assert (str(ben.manager), ben.joined_on, ben.working_days) == ("Ann Able", dt.date(2024, 2, 1), [1, 2, 3, 4, 5])
    assert not ben.user.has_usable_password()
    assert ben.user.emailaddress_set.filter(verified=True, primary=True, email="ben@demo.example").exists()
    assert ben.reporting_line.above == [ben.manager_id]


def test_the_same_file_twice_changes_nothing() -> None:
    applied(read(ANN, BEN))
    before = list(Person.objects.order_by("pk").values())
    audited = AuditEntry.objects.count()

    job = applied(read(ANN, BEN))

    assert (job.counts["same"], job.writes) == (2, 0)
    assert list(Person.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.count() == audited + 1  # that there was an import


def test_moves_and_changes_are_told_apart_and_audited_without_the_address() -> None:
    applied(read(ANN, BEN))

    job = read(ANN.replace("ann@", "a.able@"), BEN.replace("Sales", "Finance").replace(",1,", ",,"))

    assert verdicts(job) == {"1": "changed", "2": "moved"}
    assert ImportRow.objects.get(job=job, employee_number="2").changes == {
        "department": ["Sales", "Finance"], "manager": ["Ann Able", None],
    }  # fmt: skip
    applied(job)
    ann, ben = Person.objects.order_by("employee_number")
    assert (ann.user.email, str(ben.department), ben.manager) == ("a.able@demo.example", "Finance", None)
    assert [address.email for address in ann.user.emailaddress_set.all()] == ["a.able@demo.example"]
    changed = AuditEntry.objects.filter(action=AuditEntry.Action.PERSON_CHANGED).order_by("object_name")
    assert [entry.changes for entry in changed] == [
        {"email": "changed"}, {"department": ["Sales", "Finance"], "manager": ["Ann Able", None]},
    ]  # fmt: skip


def test_whoever_signed_up_by_themselves_is_known_by_their_address_and_gets_their_number() -> None:
    alice = make_alice(email="alice@demo.example", time_zone="Asia/Tokyo")

    applied(read("17,Alice,ALICE@demo.example,Marketing,2,London,,2024-01-08"))

    alice.refresh_from_db()
    assert (alice.employee_number, alice.time_zone, Person.objects.count()) == ("17", "Asia/Tokyo", 1)


def test_a_column_that_the_file_lacks_changes_nothing_and_an_empty_cell_empties() -> None:
    applied(read(ANN, BEN))

    some = "employee_number,name,email,department"
    applied(read("1,Ann Able,ann@demo.example,", "2,Ben Best,ben@demo.example,Sales", head=some))

    ann, ben = Person.objects.order_by("employee_number")
    assert (ann.department, ann.level, str(ben.manager), str(ben.department)) == (None, 7, "Ann Able", "Sales")


def test_people_missing_stay_until_hr_confirms_and_their_pairs_end_gently_then() -> None:
    dana, alice, bob = make_dana(), make_alice(employee_number="1"), make_bob(employee_number="2")
    pair = make_pair(mentor=alice, mentee=bob)
    job = applied(read(f"1,Alice,{alice.user.email}", head="employee_number,name,email", by=dana), by=dana)

    assert (job.status, job.leavers, job.leavers_wait) == (Status.DONE, 1, True)
    bob.refresh_from_db()
    assert not bob.has_left

    job = applied(job, leavers=True, by=dana)

    bob.refresh_from_db()
    assert (job.status, job.leavers_wait, bob.has_left) == (Status.DONE, False, True)
    assert Pair.objects.get(pk=pair.pk).status == Pair.Status.ENDED
    assert Message.objects.filter(recipient=alice.user, key__startswith="pair_partner_left").exists()
    assert not ImportRow.objects.exists()


def test_a_newer_file_makes_an_older_one_forget_whom_it_missed() -> None:
    make_bob(employee_number="2")
    older = applied(read(ANN))
    applied(read(ANN))

    older.refresh_from_db()
    assert (older.leavers_wait, ImportRow.objects.filter(job=older).exists()) == (False, False)


def test_leavers_are_those_who_came_from_the_hr_system_but_never_hr_itself() -> None:
    dana = make_dana(employee_number="9")
    make_partner(), make_alice(employee_number=None), make_bob(employee_number="2")

    job = read(ANN, by=dana)

    assert verdicts(job) == {"1": "new", "2": "left"}
    assert (job.counts["hr_missing"], job.counts["unnumbered"]) == (1, 1)


def test_whoever_is_back_is_let_in_again() -> None:
    dana, bob = make_dana(), make_bob(employee_number="2", email="bob@demo.example")
    applied(read(ANN), leavers=True, by=dana)
    bob.refresh_from_db()
    assert bob.has_left

    job = read(ANN, "2,Bob,bob@demo.example,Finance,7,London,,2024-01-08")
    assert verdicts(job)["2"] == "back"
    applied(job)

    bob.refresh_from_db()
    assert (bob.has_left, bob.user.is_active) == (False, True)


BAD = [
    ("1,,ann@x.example", "Line 2, name: is empty."),
    ("1,Ann,nonsense", "Line 2, email: “nonsense” is not an e-mail address."),
    ("1,=HYPERLINK(1),a@x.example", "Line 2, name: “=HYPERLINK(1)” looks like a formula. Write the plain value."),
    ("1,Ann,a@x.example,,Z9", "Line 2, grade: there is no grade “Z9”. Add it under “Departments, sites and grades” first."),  # noqa: E501
    ("1,Ann,a@x.example,,,,1", "Line 2, manager_number: nobody is their own manager."),
    ("1,Ann,a@x.example,,,,7", "Line 2, manager_number: nobody has the number “7”, neither in this file nor among the people here."),  # noqa: E501
    ("1,Ann,a@x.example,,,,,31/02/2024", "Line 2, joined_on: “31/02/2024” is no day of the calendar."),
    ("1,Ann,a@x.example,,,,,1.2.24", "Line 2, joined_on: “1.2.24” is not a day. Write it as 2026-03-31."),
    ("1,Ann,a@x.example,,,,,2024-01-01,more", "Line 2, (past the last): there are more cells here than headings."),
]  # fmt: skip


@pytest.mark.parametrize(("line", "problem"), BAD)
def test_a_bad_cell_is_told_with_line_column_and_reason(line: str, problem: str) -> None:
    job = read(line)

    assert (job.status, problems(job)) == (Status.FAULTY, [problem])


def test_numbers_and_addresses_that_are_there_twice_are_told() -> None:
    make_bob(email="bob@demo.example", employee_number="77"), make_partner(email="p@x.example")

    job = read(ANN, ANN, "3,Cleo,bob@demo.example", "4,Dan,p@x.example")

    assert problems(job) == [
        "Line 3, employee_number: the number “1” is on line 2 already.",
        "Line 3, email: the address “ann@demo.example” is on line 2 already.",
        "Line 4, email: “bob@demo.example” belongs to Bob, whose number is 77.",
        "Line 5, email: “p@x.example” belongs to Paula, a partner from outside.",
    ]


def test_a_loop_of_managers_is_told_at_each_of_its_people_and_at_nobody_below() -> None:
    make_person(name="Zoe", employee_number="9")

    job = read("1,Ann,a@x.example,,,,2", "2,Ben,b@x.example,,,,3", "3,Cleo,c@x.example,,,,1", "4,Dan,d@x.example,,,,3")

    assert problems(job) == [
        "Line 2, manager_number: they would report to themselves: 1 → 2 → 3 → 1.",
        "Line 3, manager_number: they would report to themselves: 1 → 2 → 3 → 1.",
        "Line 4, manager_number: they would report to themselves: 1 → 2 → 3 → 1.",
    ]


def test_a_whole_line_may_be_turned_upside_down() -> None:
    applied(read(ANN, BEN))

    job = applied(read(ANN.replace("Leeds,,", "Leeds,2,"), BEN.replace("Leeds,1,", "Leeds,,")))

    assert (job.status, str(Person.objects.get(employee_number="1").manager)) == (Status.DONE, "Ben Best")


def test_nothing_is_applied_where_people_were_changed_since_the_preview() -> None:
    applied(read(ANN, BEN))
    job = read(ANN, BEN.replace("Sales", "Finance"))
    Person.objects.filter(employee_number="2").update(name="Benjamin Best")

    job = applied(job)

    assert (job.status, job.problem[:30]) == (Status.READY, "People were changed after this")
    assert str(Person.objects.get(employee_number="2").department) == "Sales"
    assert applied(job).status == Status.DONE


def test_a_yes_to_another_preview_than_the_one_shown_is_refused() -> None:
    job = read(ANN)

    with pytest.raises(TransitionError, match="has changed since you looked"):
        start.confirm(job, with_leavers=False, seen="another", by=None)


def test_whoever_comes_second_to_an_import_hears_what_became_of_it() -> None:
    dana = make_dana()
    written, thrown_away = read(ANN, by=dana), read(BEN.replace(",1,", ",,"), by=dana)
    applied(written, by=dana), start.cancel(thrown_away, by=dana)

    for job, word in ((written, "Applied"), (thrown_away, "Thrown away")):
        with pytest.raises(TransitionError, match=f"nothing was done: by now this import is “{word}”"):
            start.confirm(job, with_leavers=False, seen=job.fingerprint, by=dana)


def test_a_day_that_may_be_two_is_asked_about_once_and_the_answer_remembered() -> None:
    dana = make_dana()
    job = read("1,Ann,a@x.example,,,,,03/04/2024", by=dana)
    assert (job.status, job.problem[:40]) == (Status.ASKING, "Which comes first in a day such as 03/04")

    start.choose(job, columns=job.columns, date_order="day", by=dana)
    assert step(job).status == Status.READY
    assert ImportRow.objects.get(job=job, line=2).joined_on == dt.date(2024, 4, 3)

    assert read("1,Ann,a@x.example,,,,,03/04/2024", by=dana).status == Status.READY


def test_a_file_shows_its_own_order_of_day_and_month_and_what_does_not_fit_is_told() -> None:
    days = [f"{n},P,p{n}@x.example,,,,,{day}" for n, day in enumerate(["03/04/2024", "31/12/2024"], 1)]
    job = read(*days)
    assert ImportRow.objects.get(job=job, line=2).joined_on == dt.date(2024, 4, 3)

    job = read(*days, "3,P,p3@x.example,,,,,12/31/2024")
    assert job.status == Status.ASKING  # both ways are there, so the file shows none


def test_columns_by_other_names_are_guessed_and_what_hr_chose_is_remembered() -> None:
    dana = make_dana()
    head = "Personnel No.;Vorname;Nachname;E-Mail;Kürzel"
    job = read("1;Ann;Able;a@x.example;Sales", head=head, by=dana)
    assert job.columns == ["employee_number", "first_name", "last_name", "email", ""]

    start.choose(job, columns=[*job.columns[:4], "department"], by=dana)
    assert ImportRow.objects.get(job=step(job)).name == "Ann Able"

    again = read("1;Ann;Able;a@x.example;Sales", head=head, by=dana)
    assert again.columns[4] == "department"


def test_a_file_without_a_column_that_must_be_there_asks_for_it() -> None:
    job = read("1,Ann,x", head="employee_number,name,Kontakt")

    assert (job.status, job.problem) == (Status.ASKING, "Which column is it? Not found: E-mail address.")
    with pytest.raises(ValidationError, match="Choose a column for: E-mail address"):
        start.choose(job, columns=job.columns, by=make_dana())


def test_a_cancelled_import_writes_nothing_and_keeps_nothing() -> None:
    dana = make_dana()
    waiting, under_way = read(ANN, by=dana), start.upload(csv_file(ANN), "people.csv", by=dana)

    start.cancel(waiting, by=dana)
    start.cancel(under_way, by=dana)
    under_way = step(under_way)

    assert PeopleImport.objects.filter(status=Status.CANCELLED).count() == 2
    assert [ImportRow.objects.count(), ImportChunk.objects.count()] == [0, 0]
    with pytest.raises(TransitionError):
        start.cancel(under_way, by=dana)


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_cancelled_while_its_rows_are_copied_is_no_failure() -> None:
    dana = make_dana()
    lines = (f"{number},Ann {number},ann{number}@demo.example,Sales,7,,," for number in range(1000))
    job = start.upload(csv_file(*lines), "people.csv", by=dana)
    PeopleImport.objects.filter(pk=job.pk).update(cancel_asked=True)
    job = step(job)

    assert (job.status, job.problem) == (Status.CANCELLED, "")
    assert [ImportRow.objects.count(), ImportChunk.objects.count()] == [0, 0]


def test_a_line_that_cannot_be_read_is_named_also_where_it_comes_late() -> None:
    job = read(*[ANN] * 10, '2,"Ben Best' + " and so on" * 20_000)

    assert (job.status, job.problem) == (
        Status.FAILED, "Line 12 cannot be read: is a quotation mark opened and never closed?",
    )  # fmt: skip


def test_an_import_that_fails_in_the_middle_has_written_nothing(monkeypatch: Any) -> None:
    job = read(ANN, BEN)
    Department.objects.create(name="Sales")  # by somebody else, after the preview
    Grade.objects.create(name="grade 7", level=70)  # so that “Grade 7” cannot be added

    job = applied(job)

    assert (job.status, Person.objects.exists(), Site.objects.exists()) == (Status.READY, False, False)
