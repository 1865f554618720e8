"""Pins what pyproject.toml allows, for every machine, with hashes and without a download address."""

import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
# The largest of daily work first: the others take their versions from it.
SETS = {"dev": ["embedded", "dev"], "demo": ["embedded"], "base": [], "bench": ["embedded", "dev", "bench"]}


def main() -> None:
    for name, extras in SETS.items():
        options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
        options += [
            "--no-emit-index-url",
            "--no-emit-find-links",
            "--quiet",
            "--output-file",
            f"requirements/{name}.txt",
        ]
        options += [word for extra in extras for word in ("--extra", extra)]
        options += ["--upgrade"] if name == "dev" else ["--constraint", "requirements/dev.txt"]
        subprocess.run(
            [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *options], cwd=CHECKOUT, check=True
        )
        print(f"requirements/{name}.txt")


if __name__ == "__main__":
    main()
