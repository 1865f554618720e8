"""Functions compiled to machine code on their first call, and kept on disk for the next process.

Numba looks only at the file of a function to see whether its code changed, not at the files of those it calls. So the
kept code lies in a folder named after all sources that hold compiled code: a change in one compiles all of it anew.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

HERE = Path(__file__).resolve().parent
Function = TypeVar("Function", bound=Callable[..., Any])


def digest_of(paths: list[Path]) -> str:
    digest = hashlib.blake2b(digest_size=12)
    for path in paths:
        digest.update(path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


SOURCES = sorted(HERE.rglob("*.py"))
ENGINE_VERSION = digest_of(SOURCES)  # a mark of everything that makes an answer
CODE_VERSION = digest_of(
    [path for path in SOURCES if b"engine.compiled import" in path.read_bytes()] + [HERE / "compiled.py"]
)


def cache_folder() -> str:
    """Beside the sources where this process may write there, else in the user's cache, else in a temporary folder."""
    home_cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "reverse-mentoring"
    for place in (HERE / "__pycache__", home_cache):
        folder = place / f"compiled-{CODE_VERSION}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return str(folder)
        except OSError:
            continue
    return tempfile.mkdtemp(prefix="compiled-")


if not os.environ.get("NUMBA_CACHE_DIR"):
    numba.config.CACHE_DIR = cache_folder()  # type: ignore[attr-defined]


def compiled(function: Function) -> Function:
    """Compile on first use; for functions that make arrays of their own."""
    return cast(Function, numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def kernel(function: Function) -> Function:
    """As `compiled`, for functions that only read and write the arrays they are given.

    Without Numba's counting of references to arrays, which slows a loop over pairs down tenfold.
    """
    make = numba.njit(cache=True, nogil=True, error_model="numpy", _nrt=False)  # type: ignore[call-overload]
    return cast(Function, make(function))


def inlined(function: Function) -> Function:
    """As `kernel`, and made part of each compiled caller: for what runs once for each pair."""
    make = numba.njit(cache=True, nogil=True, error_model="numpy", _nrt=False, forceinline=True)  # type: ignore[call-overload]
    return cast(Function, make(function))
