"""Opens a file of people, whatever its encoding, separator or format, and gives its rows one at a time."""

import codecs
import csv
import io
from collections.abc import Generator
from dataclasses import dataclass
from itertools import pairwise
from typing import IO

from charset_normalizer import from_bytes

from mentoring.imports import xlsx
from mentoring.imports.refusal import Refusal

Numbered = tuple[int, list[str]]
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
ENCODINGS = {
    "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252 (Western Europe)",
    "cp1250": "Windows-1250 (Central Europe)", "cp1251": "Windows-1251 (Cyrillic)", "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
}  # fmt: skip
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
WESTERN = frozenset("äöüßéèêëàâáãåæçíîïñóòôøúûýÿœÄÖÜÉÈÊËÀÂÁÃÅÆÇÍÎÏÑÓÒÔØÚÛÝŒ€’‘–…°\xa0")
CENTRAL = frozenset("ąćęłńóśźżáčďéěíňřšťúůýžäôľĺŕöőüűßĄĆĘŁŃÓŚŹŻÁČĎÉĚÍŇŘŠŤÚŮÝŽÄÔĽĹŔÖŐÜŰ€’‘–…°\xa0")
BLOCK = 2**16
SAMPLE = 2**16  # bytes of lines that are not ASCII are enough to tell an encoding by
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Table:
    headings: list[str]
    rows: Generator[Numbered, None, None]  # those that are not empty, numbered as a spreadsheet does
    read_as: str  # in words, for HR to see


def open_table(file: IO[bytes], *, encoding: str = "") -> Table:
    """`encoding` is one of ENCODINGS, or empty to find out. Raises Refusal, while the rows are read too."""
    file.seek(0)
    start = file.read(8)
    if start.startswith(b"PK\x03\x04"):
        rows, read_as = xlsx.rows_of(file), "Excel workbook, first sheet"
    elif start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal("This is an old or a protected Excel file. Save it as .xlsx without a password, or as CSV.")
    elif not start:
        raise Refusal("This file is empty.")
    elif start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        raise Refusal(
            "This is a web page or XML, whatever its name says. Open it in Excel and save it as .xlsx or CSV."
        )
    else:
        found = encoding or find_encoding(file)
        rows, read_as = _text_rows(file, found)
    return _with_headings(rows, read_as)


def _with_headings(rows: Generator[Numbered, None, None], read_as: str) -> Table:
    for _, cells in rows:
        headings = [_heading(cell) for cell in cells]
        while headings and not headings[-1]:
            headings.pop()
        if len(headings) > MOST_COLUMNS:
            raise Refusal(f"This file has {len(headings)} columns; {MOST_COLUMNS} is the most. Is the separator right?")
        if headings:
            return Table(headings, rows, read_as)
    raise Refusal("This file has no heading.")


def _heading(cell: str) -> str:
    """Without what cannot be shown, or kept."""
    return " ".join("".join(char if char.isprintable() else " " for char in cell).split())[:200]


def find_encoding(file: IO[bytes]) -> str:
    file.seek(0)
    start = file.read(BLOCK)
    for mark, name in BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return name
    if b"\x00" in start:
        return _without_mark(start)
    if _is_utf8(file):
        return "utf-8"
    telling = _telling_lines(file)
    for name, usual in (("cp1252", WESTERN), ("cp1250", CENTRAL)):
        if _reads_as(telling, name, usual):
            return name
    best = from_bytes(telling, cp_isolation=[name for name in ENCODINGS if name.startswith("cp")]).best()
    return best.encoding if best is not None else "cp1252"


def _without_mark(start: bytes) -> str:
    """UTF-16 has a zero in every other place of plain text; what has zeros elsewhere is no text."""
    odd, even = start[1::2].count(0), start[0::2].count(0)
    if max(odd, even) * 4 < len(start) or min(odd, even) * 20 > max(odd, even):
        raise Refusal("This is not a table. Export the people as CSV or XLSX.")
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_utf8(file: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while block := file.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _reads_as(telling: bytes, encoding: str, usual: frozenset[str]) -> bool:
    """Names are short, and of most letters several code pages make some letter: so first whether one of the two most
    common makes usual ones, each between plain ones, which it does of neither Cyrillic nor Greek."""
    text = telling.decode(encoding, errors="replace")
    strange = [letter for letter in text if not letter.isascii()]
    pairs = sum(not one.isascii() and not two.isascii() for one, two in pairwise(text))
    return sum(letter in usual for letter in strange) >= 0.95 * len(strange) and pairs < 0.3 * len(strange)


def _telling_lines(file: IO[bytes]) -> bytes:
    file.seek(0)
    lines, size = [], 0
    for line in file:
        if not line.isascii():
            lines.append(line[:500])
            size += len(lines[-1])
        if size > SAMPLE:
            break
    return b"".join(lines)


def _text_rows(file: IO[bytes], encoding: str) -> tuple[Generator[Numbered, None, None], str]:
    file.seek(0)
    text = io.TextIOWrapper(io.BufferedReader(Unclosed(file)), encoding=encoding, newline="")
    label = next((words for name, words in ENCODINGS.items() if encoding.startswith(name)), encoding)
    try:
        first = text.readline(BLOCK)
        skipped = first.lower().startswith("sep=")
        separator = _named(first) if skipped else _separator(first)
        if not skipped:
            text.seek(0)
    except UnicodeError as error:
        raise Refusal(f"This file is not {label}. Choose another encoding.") from error
    name = SEPARATORS.get(separator, f"“{separator}”")
    return _csv_rows(text, separator, int(skipped), label), f"CSV, {label}, separated by {name}"


def _named(line: str) -> str:
    """By the first line, as Excel writes it: “sep=;”."""
    separator = line[4:5]
    if separator in SEPARATORS or (
        separator.isprintable() and separator not in ('"', " ", "") and not separator.isalnum()
    ):
        return separator
    raise Refusal("The first line says “sep=” and names no separator. Take it out.")


def _separator(line: str) -> str:
    """The one that makes most columns of the heading."""
    return max(SEPARATORS, key=lambda each: len(next(csv.reader([line], delimiter=each), [])))


def _csv_rows(text: io.TextIOWrapper, separator: str, skipped: int, label: str) -> Generator[Numbered, None, None]:
    reader = csv.reader(text, delimiter=separator)
    line = 1 + skipped
    try:
        for cells in reader:
            if any(cells):
                yield line, cells
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise Refusal(f"Line {line} cannot be read: is a quotation mark opened and never closed?") from error
    except UnicodeError as error:
        raise Refusal(f"Line {line} or one soon after it is not {label}. Choose another encoding.") from error


class Unclosed(io.RawIOBase):
    """A file that stays open when its reader goes."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        block = self.file.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()
