"""The rows of a workbook's first sheet, in memory that does not grow with it.

openpyxl reads what describes the workbook. The sheet and its shared strings, which may be large, pass by as a stream,
the strings on to a temporary file.
"""

import datetime as dt
import mmap
import tempfile
import zipfile
from array import array
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError, iterparse

from openpyxl.packaging.manifest import Manifest
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.datetime import from_excel
from openpyxl.xml.constants import SHARED_STRINGS

from mentoring.imports.refusal import Refusal

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
VALUE, FORMULA, TEXT = f"{MAIN}v", f"{MAIN}f", f"{MAIN}t"
PARENTS = (f"{MAIN}sheetData", f"{MAIN}sst")  # of the many
MOST_PLACES = 1000
MOST_BYTES = 2**31  # unpacked, so that a small file cannot fill the machine
NOT_A_WORKBOOK = "This workbook cannot be read. Open it in Excel and save it anew as .xlsx, or as CSV."
Numbered = tuple[int, list[str]]


class _Outline(ExcelReader):  # type: ignore[misc]
    """The workbook without its strings."""

    def read_strings(self) -> None:
        self.shared_strings: list[str] = []


def rows_of(file: IO[bytes]) -> Generator[Numbered, None, None]:
    """Those that are not empty, numbered as the sheet does. A formula comes as “=…”, a day as 2026-03-31."""
    file.seek(0)
    try:
        outline = _Outline(file, read_only=True, keep_links=False)
        outline.read()
        sheet = outline.wb.worksheets[0]
        with _strings(outline.archive, outline.package) as strings:
            cells = _Cells(strings, outline.wb._date_formats, outline.wb.epoch)
            with outline.archive.open(sheet._worksheet_path) as source:
                yield from cells.rows(source)
    except Refusal:
        raise
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, OSError, ParseError, TypeError) as error:
        raise Refusal(NOT_A_WORKBOOK) from error


class _Strings:
    """The shared strings by number, in a file."""

    def __init__(self, data: "mmap.mmap | bytes", ends: "array[int]") -> None:
        self.data, self.ends = data, ends

    def __getitem__(self, number: int) -> str:
        start = self.ends[number - 1] if number else 0
        return self.data[start : self.ends[number]].decode()


@contextmanager
def _strings(archive: zipfile.ZipFile, package: Manifest) -> Iterator[_Strings]:
    part = package.find(SHARED_STRINGS)
    ends = array("Q")
    with tempfile.TemporaryFile() as spill:
        if part is not None:
            with archive.open(part.PartName[1:]) as source:
                for text in _texts(source):
                    spill.write(text.encode(errors="replace"))
                    ends.append(spill.tell())
        spill.flush()
        if not spill.tell():
            yield _Strings(b"", ends)
            return
        with mmap.mmap(spill.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield _Strings(data, ends)


def _texts(source: IO[bytes]) -> Iterator[str]:
    """What is in each <si>, without the hints on how to pronounce it."""
    for element in _elements(source, "si"):
        hints = {id(text) for hint in element.iter(f"{MAIN}rPh") for text in hint.iter(f"{MAIN}t")}
        yield "".join(text.text or "" for text in element.iter(f"{MAIN}t") if id(text) not in hints)


def _elements(source: IO[bytes], name: str) -> Iterator[Element]:
    """Each element of this name; what has passed is let go of."""
    wanted, above = MAIN + name, None
    for event, element in iterparse(_Limited(source), events=("start", "end")):
        if event == "start":
            if element.tag in PARENTS:
                above = element
        elif element.tag == wanted:
            yield element
            if above is not None:
                above.clear()


class _Limited:
    """A stream that ends in a refusal rather than fill the machine."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.size = source, 0

    def read(self, size: int = -1) -> bytes:
        block = self.source.read(size)
        self.size += len(block)
        if self.size > MOST_BYTES:
            raise Refusal("This workbook is too large when unpacked. Save it as CSV.")
        return block


class _Cells:
    """Turns the elements of a sheet into rows of text."""

    def __init__(self, strings: _Strings, date_formats: "set[int]", epoch: Any) -> None:
        self.strings, self.epoch = strings, epoch
        self.date_formats = {str(style) for style in date_formats}

    def rows(self, source: IO[bytes]) -> Iterator[Numbered]:
        number = 0
        for element in _elements(source, "row"):
            number = int(element.get("r", number + 1))
            row: list[str] = []
            for cell in element:
                text = self._text(cell)
                if text:
                    place = _place(cell.get("r", "")) if "r" in cell.attrib else len(row)
                    row += [""] * (min(place, MOST_PLACES) + 1 - len(row))
                    row[min(place, MOST_PLACES)] = text
                elif "r" not in cell.attrib:
                    row.append("")
            if any(row):
                yield number, row

    def _text(self, cell: Element) -> str:
        kind, value = cell.get("t", "n"), cell.findtext(VALUE) or ""
        if (formula := cell.find(FORMULA)) is not None:
            return f"={formula.text or value}"
        match kind:
            case "s":
                return self.strings[int(value)] if value else ""
            case "n":
                return self._number(value, cell.get("s", "0")) if value else ""
            case "inlineStr":
                return "".join(text.text or "" for text in cell.iter(TEXT))
            case "b":
                return "TRUE" if value == "1" else "FALSE"
        return value

    def _number(self, value: str, style: str) -> str:
        if style in self.date_formats:
            when = from_excel(float(value), self.epoch)
            return str(when.date() if isinstance(when, dt.datetime) else when)
        if value.isdecimal():
            return value
        number = float(value)
        return str(int(number)) if number.is_integer() else value


@lru_cache(maxsize=10_000)
def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _place(reference: str) -> int:
    """Of “C7”: 2."""
    return _column(reference.rstrip("0123456789"))
