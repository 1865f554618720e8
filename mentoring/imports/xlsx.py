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
from typing import IO, Any, Generic, TypeVar
from xml.parsers.expat import ExpatError, ParserCreate

from openpyxl.packaging.manifest import Manifest
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml.constants import SHARED_STRINGS

from mentoring.imports.refusal import Refusal

ROW, CELL, VALUE, FORMULA, TEXT, ITEM, HINT = (
    f"http://schemas.openxmlformats.org/spreadsheetml/2006/main {name}"
    for name in ("row", "c", "v", "f", "t", "si", "rPh")
)
LISTENED = frozenset({VALUE, FORMULA, TEXT})
BLOCK = 2**16
MOST_PLACES = 1000
MOST_BYTES = 2**31  # unpacked, so that a small file cannot fill the machine
NOT_A_WORKBOOK = "This workbook cannot be read. Open it in Excel and save it anew as .xlsx, or as CSV."
Numbered = tuple[int, list[str]]
Found = TypeVar("Found")


class _Sheet(ReadOnlyWorksheet):  # type: ignore[misc]
    """One whose size nobody asks for, which would cost as much as reading it."""

    def _get_size(self) -> None:
        pass


class _Outline(ExcelReader):  # type: ignore[misc]
    """The workbook without its strings and cells; `first` is the path of its first sheet."""

    first = ""

    def read_strings(self) -> None:
        self.shared_strings: list[str] = []

    def read_worksheets(self) -> None:
        for sheet, rel in self.parser.find_sheets():
            if rel.target in self.valid_files:
                self.wb._sheets.append(_Sheet(self.wb, sheet.name, rel.target, []))
                if "chartsheet" not in rel.Type:
                    self.first = self.first or rel.target


def rows_of(file: IO[bytes]) -> Generator[Numbered, None, None]:
    """Those that are not empty, numbered as the sheet does. A formula comes as “=…”, a day as 2026-03-31."""
    file.seek(0)
    try:
        outline = _Outline(file, read_only=True, keep_links=False)
        outline.read()
        with _strings(outline.archive, outline.package) as strings:
            rows = _Rows(strings, outline.wb._date_formats, outline.wb.epoch)
            with outline.archive.open(outline.first) as source:
                yield from rows.read(source)
    except Refusal:
        raise
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, OSError, ExpatError, TypeError) as error:
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
    return _TextParser().read(source)


class _Parser(Generic[Found]):
    """Reads XML block by block. `start` and `end` are told of each element, and put what is complete into `done`."""

    def __init__(self) -> None:
        self.done: list[Found] = []
        self.text: list[str] | None = None  # of an element that is listened to
        self.hint = False  # inside one, which says how to pronounce something
        parser = self.parser = ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.data

    def read(self, source: IO[bytes]) -> Iterator[Found]:
        limited = _Limited(source)
        while block := limited.read(BLOCK):
            self.parser.Parse(block)
            yield from self.done
            self.done.clear()
        self.parser.Parse(b"", True)
        yield from self.done

    def data(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def heard(self) -> str:
        text = "".join(self.text or ())
        self.text = None
        return text

    def start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        raise NotImplementedError


class _TextParser(_Parser[str]):
    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == ITEM:
            self.parts = list[str]()
        elif name == TEXT:
            self.text = []
        elif name == HINT:
            self.hint = True

    def end(self, name: str) -> None:
        if name == TEXT:
            text = self.heard()
            if not self.hint:
                self.parts.append(text)
        elif name == ITEM:
            self.done.append("".join(self.parts))
        elif name == HINT:
            self.hint = False


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


class _Rows(_Parser[Numbered]):
    """Turns a sheet into rows of text; those without any are left out."""

    def __init__(self, strings: _Strings, date_formats: "set[int]", epoch: Any) -> None:
        super().__init__()
        self.strings, self.epoch = strings, epoch
        self.date_formats = {str(style) for style in date_formats}
        self.number = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == CELL:
            self.cell, self.value, self.words = attributes, "", ""
            self.formula: str | None = None
        elif name in LISTENED:
            self.text = []
        elif name == ROW:
            self.number = int(attributes.get("r", self.number + 1))
            self.row = list[str]()
        elif name == HINT:
            self.hint = True

    def end(self, name: str) -> None:
        if name == CELL:
            self._put(self._text())
        elif name == VALUE:
            self.value = self.heard()
        elif name == TEXT:
            text = self.heard()
            self.words += "" if self.hint else text
        elif name == FORMULA:
            self.formula = self.heard()
        elif name == ROW and any(self.row):
            self.done.append((self.number, self.row))
        elif name == HINT:
            self.hint = False

    def _put(self, text: str) -> None:
        """In its place; a cell that does not say its own stands behind the last."""
        row, reference = self.row, self.cell.get("r")
        if reference is None:
            row.append(text)
        elif text:
            place = min(_place(reference), MOST_PLACES)
            row += [""] * (place + 1 - len(row))
            row[place] = text

    def _text(self) -> str:
        kind, value = self.cell.get("t", "n"), self.value
        if self.formula is not None:
            return f"={self.formula or value}"
        match kind:
            case "s":
                return self.strings[int(value)] if value else ""
            case "n":
                return self._number(value, self.cell.get("s", "0")) if value else ""
            case "inlineStr":
                return self.words
            case "b":
                return "TRUE" if value == "1" else "FALSE"
        return value

    def _number(self, value: str, style: str) -> str:
        if style in self.date_formats:
            return _day(value, self.epoch)
        if value.isdecimal():
            return value
        number = float(value)
        return str(int(number)) if number.is_integer() else value


@lru_cache(maxsize=50_000)
def _day(value: str, epoch: Any) -> str:
    when = from_excel(float(value), epoch)
    return str(when.date() if isinstance(when, dt.datetime) else when)


@lru_cache(maxsize=10_000)
def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _place(reference: str) -> int:
    """Of “C7”: 2."""
    return _column(reference.rstrip("0123456789"))
