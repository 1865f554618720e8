"""Tables to download, as CSV or XLSX. No cell of them is a live formula, whatever a person typed.

    return table_response("pairs", ["Mentor", "Since"], ((p.mentor.name, p.started_at) for p in pairs), kind="xlsx")

Rows may come from a generator (`queryset.iterator()`): they go through a temporary file, not through memory.
"""

import csv
import datetime as dt
import io
import re
import tempfile
from collections.abc import Iterable, Sequence
from typing import IO

from django.http import FileResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

CSV, XLSX = "csv", "xlsx"
KINDS = (CSV, XLSX)
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
KEPT_IN_MEMORY = 2**20
MOST_OF_A_CELL = 32_767  # characters, in a spreadsheet


class _Kept(tempfile.SpooledTemporaryFile[bytes]):
    """Closed by the response; or with it, where nobody reads the response.

    Then the file alone: where the server sends it, its `close` is the response's, which ends a request. Whoever runs
    when this is collected may be in the middle of a transaction, and would lose it.
    """

    def __del__(self) -> None:
        super().close()


def table_response(
    name: str, head: Sequence[str], rows: Iterable[Sequence[object]], *, kind: str = CSV
) -> FileResponse:
    """The download `name.csv` or `name.xlsx`. A test reads it with `b"".join(answer)`."""
    file = _Kept(max_size=KEPT_IN_MEMORY)
    (write_xlsx if kind == XLSX else write_csv)(file, head, rows)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.{kind}", content_type=TYPES[kind])


def write_csv(file: IO[bytes], head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """UTF-8 with a byte order mark, without which Excel takes it for another encoding."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    table = csv.writer(text)
    table.writerow([harmless(cell) for cell in head])
    table.writerows([_as_text(cell) for cell in row] for row in rows)
    text.detach()


def write_xlsx(file: IO[bytes], head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One sheet, its head in bold and always in sight; numbers and dates stay what they are."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, cell) for cell in head])
    for row in rows:
        sheet.append([_as_cell(cell) for cell in row])
    book.save(file)


def harmless(cell: object) -> object:
    """Text that a spreadsheet would take for a formula is shown as text; everything else stays."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _as_text(cell: object) -> object:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, dt.datetime):
        return timezone.localtime(cell).isoformat(" ", "minutes") if timezone.is_aware(cell) else cell
    return cell if cell is None or isinstance(cell, int | float | dt.date) else harmless(str(cell))


def _as_cell(cell: object) -> object:
    """As the file can hold it: it knows no time zones."""
    if isinstance(cell, dt.datetime):
        return timezone.localtime(cell).replace(tzinfo=None) if timezone.is_aware(cell) else cell
    if cell is None or (isinstance(cell, int | float | dt.date) and not isinstance(cell, bool)):
        return cell
    return UNPRINTABLE.sub(" ", str(_as_text(cell)))[:MOST_OF_A_CELL]


def _bold(sheet: object, words: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=_as_cell(words))
    cell.font = Font(bold=True)
    return cell
