import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from mentoring.imports.files import open_table
from mentoring.imports.refusal import Refusal

TEXT = "Personalnummer;Name\n1;Zoë Müller\n\n3;Łukasz\n"
ROWS = [(2, ["1", "Zoë Müller"]), (4, ["3", "Łukasz"])]


def read(data: bytes, encoding: str = "") -> tuple[list[str], list[Any], str]:
    table = open_table(io.BytesIO(data), encoding=encoding)
    return table.headings, list(table.rows), table.read_as


def workbook(*rows: Any, **parts: str) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    if parts:
        with zipfile.ZipFile(file, "a") as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250"])
def test_every_usual_encoding_is_found(encoding: str) -> None:
    assert read(TEXT.encode(encoding))[:2] == (["Personalnummer", "Name"], ROWS)


def test_windows_1252_is_found_and_can_be_chosen() -> None:
    text = "Name;Ort\nZoë Müller;Genève\nRené Über;Köln\nÅsa Ñandú;Malmö\n"

    for encoding in ("", "cp1252"):
        assert read(text.encode("cp1252"), encoding)[1][0] == (2, ["Zoë Müller", "Genève"])


@pytest.mark.parametrize("name", ["Łukasz Wiśniewski", "Ľubica Ďurišová", "Őszi Űrhajós"])
def test_one_name_is_enough_to_tell_central_european_letters(name: str) -> None:
    table = read(f"Number;Name\n1;{name}\n2;Jörg Müller\n".encode("cp1250"))

    assert table[1:] == ([(2, ["1", name]), (3, ["2", "Jörg Müller"])],
                         "CSV, Windows-1250 (Central Europe), separated by semicolons")  # fmt: skip


def test_headings_lose_what_cannot_be_kept() -> None:
    assert read("Num\0ber;Na\ufeffme \x07\n1;Ann\n".encode("utf-16"))[0] == ["Num ber", "Na me"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_separator_is_found_even_where_another_stands_in_a_heading(separator: str) -> None:
    text = separator.join(["Number", '"Name, first; last"', "Mail"]) + "\n" + separator.join(["1", '"A, B"', "a@b"])

    assert read(text.encode())[1] == [(2, ["1", "A, B", "a@b"])]


def test_a_line_that_names_the_separator_is_not_the_heading() -> None:
    assert read(b"sep=;\nNumber;Name\n1;A,B\n")[:2] == (["Number", "Name"], [(3, ["1", "A,B"])])


def test_a_cell_may_hold_a_line_break_and_lines_are_counted_on() -> None:
    assert read(b'Number,Name\n1,"A\nB"\n2,C\n')[1] == [(2, ["1", "A\nB"]), (4, ["2", "C"])]


REFUSED = [
    (b"", "This file is empty."),
    (b"\n\n", "This file has no heading."),
    (b"\xd0\xcf\x11\xe0old", "This is an old or a protected Excel file."),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "This is not a table."),
    (b"\xef\xbb\xbf\n <html><table>", "This is a web page or XML, whatever its name says."),
    (b"sep=", "The first line says “sep=” and names no separator."),
    (b"sep=\r\nNumber,Name\n", "The first line says “sep=” and names no separator."),
    (b"PK\x03\x04nonsense", "This workbook cannot be read."),
    (b'Number,Name\n1,"' + b"x" * 200_000, "Line 2 cannot be read: is a quotation mark opened"),
]


@pytest.mark.parametrize(("data", "reason"), REFUSED, ids=[f"{n} {reason}" for n, (_, reason) in enumerate(REFUSED)])
def test_what_is_no_table_is_refused_in_plain_words(data: bytes, reason: str) -> None:
    with pytest.raises(Refusal, match=reason[:25]):
        read(data)


def test_a_workbook_gives_days_numbers_and_formulas_as_text() -> None:
    data = workbook(
        ["Number", "Name", "Joined", "Sum", "Half"],
        [1001, "Zoë", dt.date(2024, 3, 1), "=1+1", 2.5],
        [],
        ["0042", None, dt.datetime(2024, 3, 2, 9, 30), True, 1e10],  # noqa: DTZ001
    )

    assert read(data) == (
        ["Number", "Name", "Joined", "Sum", "Half"],
        [(2, ["1001", "Zoë", "2024-03-01", "=1+1", "2.5"]), (4, ["0042", "", "2024-03-02", "TRUE", "10000000000"])],
        "Excel workbook, first sheet",
    )


def test_a_workbook_that_unpacks_to_a_mountain_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr("mentoring.imports.xlsx.MOST_BYTES", 2000)

    with pytest.raises(Refusal, match="too large when unpacked"):
        read(workbook(["Number"], *[[n] for n in range(500)]))
