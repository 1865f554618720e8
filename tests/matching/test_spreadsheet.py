import datetime as dt

import pytest

from matching.engine import InputError, Policy, Wish
from matching.spreadsheet import RefusedFileError, Rules, read_people, read_rules, read_table

HEADER = "employee_number,name,grade,site,time_zone,working_hours,languages,manager_number,channels,offers,wishes"


def refused(text: str) -> list[str]:
    with pytest.raises(RefusedFileError) as caught:
        read_table(text)
    return [str(cell) for cell in caught.value.cells]


def test_a_full_line_becomes_a_person():
    line = "7,Amirah,9,Oslo,Asia/Kolkata,08:30-17:00,en;no,,video;chat,Strategy:5,Social media:1:0:3;R: basics:2:1:2"

    (row,) = read_table(f"{HEADER}\n{line}\n")

    assert (row.key, row.name, row.grade, row.site, row.utc_offset) == ("7", "Amirah", 9, "Oslo", 330)
    assert (row.work_starts, row.work_ends) == (510, 1020)
    assert (row.languages, row.manager, row.channels) == (["en", "no"], None, ["video", "chat"])
    assert row.offers == {"Strategy": 5}
    assert row.wishes == [
        Wish(skill="Social media", priority=1, present=0, wanted=3),
        Wish(skill="R: basics", priority=2, present=1, wanted=2),
    ]
    assert (row.mentor_capacity, row.mentee_capacity) == (1, 1)


def test_missing_columns_have_their_defaults():
    (row,) = read_table("employee_number,name\n7,Amirah\n")

    assert (row.grade, row.department, row.site, row.utc_offset) == (-1, "", "", 0)
    assert (row.work_starts, row.work_ends, row.languages) == (540, 1050, ["en"])
    assert (row.mentor_capacity, row.mentee_capacity, row.waiting_runs) == (0, 0, 0)


def test_semicolons_tabs_and_a_mark_of_byte_order_are_read(tmp_path):
    for separator in (",", ";", "\t"):
        path = tmp_path / "people.csv"
        path.write_text(
            separator.join(["employee_number", "name"]) + "\r\n" + separator.join(["1", "Zoë"]), "utf-8-sig"
        )
        assert [row.name for row in read_people(path)] == ["Zoë"]


def test_a_file_of_an_older_encoding_is_read(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes("employee_number,name\n1,Zoë\n".encode("cp1252"))

    assert [row.name for row in read_people(path)] == ["Zoë"]


def test_the_offset_is_that_of_the_day():
    text = "employee_number,name,time_zone\n1,Zoë,Europe/Berlin\n"

    winter, summer = (read_table(text, day=dt.date(2026, month, 1))[0].utc_offset for month in (1, 7))

    assert (winter, summer) == (60, 120)


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("grade", "high", "“high” is not a whole number from 0 to 1000."),
        ("time_zone", "Mars/Olympus", "“Mars/Olympus” is not a time zone, such as Europe/Berlin."),
        ("working_hours", "9 to 5", "“9 to 5” is not of the form 09:00-17:30."),
        ("working_hours", "17:00-09:00", "“17:00-09:00” must end after it starts, on the same day."),
        ("channels", "pigeon", "“pigeon” is none of in_person, video, phone, chat, email."),
        ("channels", "chat;chat", "names a channel twice."),
        ("offers", "Python", "“Python” is not of the form Skill:level."),
        ("offers", "Python:6", "“6” is not a level from 1 to 5."),
        ("offers", "Python:3;Python:4", "names Python twice."),
        ("wishes", "Python:1:2", "“Python:1:2” is not of the form Skill:priority:present:wanted."),
        ("wishes", "Python:1:3:3", "Python: the wanted level must be above the present one."),
        ("manager_number", "99", "nobody in this file has the number 99."),
        ("manager_number", "1", "nobody is their own manager."),
        ("mentor_capacity", "4", "“4” is not a whole number from 0 to 3."),
        ("name", "", "is empty."),
    ],
)
def test_a_bad_cell_is_named_with_line_column_and_reason(column, value, reason):
    columns = dict.fromkeys(["employee_number", "name", column], "1") | {column: value}

    text = ",".join(columns) + "\n" + ",".join(columns.values()) + "\n"

    assert refused(text) == [f"Line 2, {column}: {reason}"]


def test_every_bad_cell_is_named():
    text = "employee_number,name,grade\n1,Ann,x\n\n1,Ben,2\n3,,y\n"

    assert refused(text) == [
        "Line 2, grade: “x” is not a whole number from 0 to 1000.",
        "Line 4, employee_number: 1 is on line 2 already.",
        "Line 5, grade: “y” is not a whole number from 0 to 1000.",
        "Line 5, name: is empty.",
    ]


def test_columns_that_are_not_known_missing_or_there_twice_refuse_the_file():
    assert refused("employee_number,salary,grade,grade\n") == [
        "Line 1, name: this column is missing.",
        "Line 1, salary: there is no such column.",
        "Line 1, grade: this column is there twice.",
    ]
    assert refused("") == [
        "Line 1, employee_number: this column is missing.",
        "Line 1, name: this column is missing.",
    ]


def test_rules_are_read_with_false_as_off(tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text(
        'day = 2026-07-01\nforbidden = [["1", "2"]]\nfixed = [["3", "4"]]\n'
        "[rules]\ngrade_gap = 2\nreporting_line = false\nshared_language = false\n[weights]\nbridge = 0\n"
    )

    rules = read_rules(path)

    assert rules == Rules(
        policy=Policy(grade_gap=2, reporting_line=None, shared_language=False, weights={"bridge": 0}),
        day=dt.date(2026, 7, 1),
        fixed=(("3", "4", ""),),
        forbidden=(("1", "2"),),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[rules]\nluck = 1\n", "rules knows no luck"),
        ("charm = 1\n", "file knows no charm"),
        ("[rules]\ngrade_gap = true\n", "grade_gap must be a number"),
        ("[rules]\nshared_language = 3\n", "shared_language must be true or false"),
        ("[rules]\noffer_level = false\n", "offer_level must be a number"),
        ("[rules\n", "is not TOML"),
    ],
)
def test_rules_that_make_no_sense_are_refused(tmp_path, text, words):
    path = tmp_path / "rules.toml"
    path.write_text(text)

    with pytest.raises(InputError, match=words):
        read_rules(path)
