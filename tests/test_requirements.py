"""The pinned requirements hold what pyproject.toml asks for, with hashes, and name no download address."""

import re
import tomllib

import pytest

from reverse_mentoring.embedded.place import CHECKOUT

PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.M)


def pins(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for package, version in PIN.findall((CHECKOUT / "requirements" / f"{name}.txt").read_text()):
        found.setdefault(package, set()).add(version)
    return found


def asked_for(*extras: str) -> set[str]:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return {re.split(r"[^A-Za-z0-9.-]", line)[0].lower() for line in lines}


@pytest.mark.parametrize(("name", "extras"), [("base", ()), ("demo", ("embedded",)), ("dev", ("embedded", "dev"))])
def test_everything_asked_for_is_pinned(name: str, extras: tuple[str, ...]) -> None:
    assert asked_for(*extras) - pins(name).keys() == set()


@pytest.mark.parametrize("name", ["base", "demo", "dev", "bench"])
def test_every_pin_has_a_hash_and_no_line_names_an_address(name: str) -> None:
    text = (CHECKOUT / "requirements" / f"{name}.txt").read_text()

    unhashed = [block for block in re.split(r"\n(?=[a-z])", text) if "--hash=sha256:" not in block]
    assert unhashed == []
    assert re.findall(r"https?:|file:|--\w*index|--find-links", text) == []


@pytest.mark.parametrize(("small", "large"), [("base", "demo"), ("demo", "dev"), ("dev", "bench")])
def test_a_larger_set_holds_the_smaller_one_with_the_same_versions(small: str, large: str) -> None:
    assert {name: pins(large).get(name) for name in pins(small)} == pins(small)


def test_psycopg_3_stays_out_because_django_would_use_it_silently() -> None:
    assert "psycopg" not in pins("dev")
