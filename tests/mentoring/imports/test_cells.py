import datetime as dt

import pytest

from mentoring.imports.cells import Day, RowReader, read_day
from mentoring.imports.columns import guess, missing

MARCH = dt.date(2024, 3, 31)


@pytest.mark.parametrize(
    "text",
    ["2024-03-31", "2024-03-31 00:00:00", "2024-03-31T08:00:00Z", "20240331", "31.03.2024", "31. 3. 2024", "2024/3/31",
     "31 March 2024", "31-Mar-2024", "March 31, 2024", "31st March 2024", "45382", "45382.0"],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text) == Day(day=MARCH)


def test_a_day_with_slashes_may_be_two() -> None:
    assert read_day("03/04/2024") == Day(day_first=dt.date(2024, 4, 3), month_first=dt.date(2024, 3, 4))
    assert read_day("31/03/2024") == Day(day_first=MARCH)
    assert read_day("03-31-2024") == Day(month_first=MARCH)
    assert read_day("05/05/2024") == Day(day=dt.date(2024, 5, 5))


@pytest.mark.parametrize("text", ["31.02.2024", "2024-13-01", "99/99/2024"])
def test_a_day_that_the_calendar_lacks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no day of the calendar"):
        read_day(text)


@pytest.mark.parametrize("text", ["yesterday", "1.2.24", "2024", "12 Foo 2024"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a day"):
        read_day(text)


def test_days_out_of_all_reason_and_strange_characters_are_told() -> None:
    reader = RowReader(["No", "Name", "Mail", "Start"], ["employee_number", "name", "email", "joined_on"], MARCH)

    row = reader.read(7, ["=\0", "A\x07nn", "a@x.example", "1899-01-01"])

    assert [str(bad.reason) for bad in row.bad] == [
        "holds a character that cannot be shown. Type it anew.",
        "holds a character that cannot be shown. Type it anew.",
        "“1899-01-01” is too long ago or too far ahead. Is the year right?",
    ]


def test_headings_are_known_whatever_their_case_accents_and_dashes() -> None:
    assert guess(["E-Mail_Address", "PRÉNOM", "nom", "Line Manager ID", "Shoe size"], {}) == [
        "email", "first_name", "last_name", "manager_number", "",
    ]  # fmt: skip
    assert guess(["Name", "Full name"], {}) == ["name", ""]
    assert guess(["Shoe size"], {"shoe size": "grade"}) == ["grade"]


def test_what_must_be_there_is_missed() -> None:
    assert missing(["email"]) == ["Employee number", "Name"]
    assert missing(["employee_number", "first_name", "last_name", "email"]) == []
