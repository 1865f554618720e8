"""What a person typed stands in a document to the letter; nothing of it is read as markup."""

import datetime as dt
import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from mentoring import documents

TEMPLATE = """#import "_house.typ": *
#show: house.with(title: data.title)
#title()
#data.words
#image("pictures/square.svg", alt: "A square")
"""
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
MADE = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = (documents.TEMPLATES / "_house.typ").read_text()
    (tmp_path / "_house.typ").write_text(house)
    (tmp_path / "letter.typ").write_text(TEMPLATE)
    monkeypatch.setattr(documents, "TEMPLATES", tmp_path)


def render(words: str) -> bytes:
    return documents.render_pdf(
        "letter", {"title": "A letter", "words": words}, made_on=MADE, pictures={"square": SQUARE}
    )


def test_words_are_kept_to_the_letter_and_never_read_as_markup() -> None:
    reader = PdfReader(io.BytesIO(render("*Jürgen* #panic() $x$ Ωμέγα Жуков")))

    assert "*Jürgen* #panic() $x$ Ωμέγα Жуков" in reader.pages[0].extract_text()
    assert reader.metadata is not None
    assert reader.metadata.title == "A letter"


def test_the_same_data_give_the_same_bytes() -> None:
    assert render("Hello") == render("Hello")
