import csv
import datetime as dt
import gc
import io
from contextlib import closing
from typing import Any

import pytest
from django.core.signals import request_finished
from openpyxl import load_workbook

from mentoring.tables import harmless, table_response

pytestmark = pytest.mark.django_db  # a file that was read to its end lets go of the database
BAD = ["=1+1", "+49 30", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"]


def bytes_of(*table: Any, kind: str = "csv") -> bytes:
    with closing(table_response("table", *table, kind=kind)) as answer:
        return answer.getvalue()


def csv_rows(*table: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(bytes_of(*table).decode("utf-8-sig"), newline="")))


def test_text_that_looks_like_a_formula_becomes_text() -> None:
    assert [harmless(cell) for cell in BAD] == [f"'{cell}" for cell in BAD]


def test_numbers_dates_and_plain_words_stay() -> None:
    cells = [-1, 2.5, None, dt.date(2026, 1, 2), "Ann", "a=b"]

    assert [harmless(cell) for cell in cells] == cells


def test_csv_is_a_download_that_excel_reads() -> None:
    with closing(table_response("pairs", ["Mentor"], [])) as answer:
        assert answer["Content-Disposition"] == 'attachment; filename="pairs.csv"'
        assert answer.getvalue() == b"\xef\xbb\xbfMentor\r\n"


def test_a_download_that_is_cleared_away_ends_nobodys_request() -> None:
    ended: list[object] = []
    request_finished.connect(lambda **_: ended.append(1), weak=False, dispatch_uid="ended")
    try:
        answer = table_response("pairs", ["Mentor"], [])
        answer.file_to_stream.close = answer.close  # as Django does where the server sends the file
        del answer
        gc.collect()
    finally:
        request_finished.disconnect(dispatch_uid="ended")

    assert ended == []


def test_csv_quotes_and_disarms() -> None:
    rows = iter([["Zoë", "=1+1"], ["Ann, B", -3]])

    assert csv_rows(["Mentor", "=Head"], rows) == [["Mentor", "'=Head"], ["Zoë", "'=1+1"], ["Ann, B", "-3"]]


def test_csv_writes_times_and_yes_and_no_for_people() -> None:
    at = dt.datetime(2026, 1, 2, 15, 4, tzinfo=dt.UTC)

    assert csv_rows(["At", "Is"], [[at, True], [None, False]])[1:] == [
        ["2026-01-02 15:04+00:00", "yes"], ["", "no"],
    ]  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_xlsx_holds_no_live_formula(bad: str) -> None:
    file = io.BytesIO(bytes_of(["=Head"], [[bad]], kind="xlsx"))

    cells = [cell for row in load_workbook(file).active.iter_rows() for cell in row]

    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert [str(cell.value)[0] for cell in cells] == ["'", "'"]


def test_xlsx_keeps_numbers_and_dates_and_survives_what_it_cannot_hold() -> None:
    at = dt.datetime(2026, 1, 2, 15, 4, tzinfo=dt.UTC)
    file = io.BytesIO(bytes_of(["A"], [[7, dt.date(2026, 1, 2), at, "a\x00b"]], kind="xlsx"))

    [_, row] = load_workbook(file).active.iter_rows(values_only=True)

    assert row == (7, dt.datetime(2026, 1, 2), dt.datetime(2026, 1, 2, 15, 4), "a b")  # noqa: DTZ001
