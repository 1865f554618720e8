"""Reads the files of `mentoring/data`: the skills and texts that the product ships."""

import tomllib
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def read_text(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads(read_text(name))
