"""The checks of this project, one list for make, CI and pre-commit: `python scripts/checks.py [NAME…] [--fix]`."""

import os
import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PYTHON = [sys.executable, "-m"]
SCRIPTS = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
CHECKS = {
    "lint": {
        "style": [*PYTHON, "ruff", "check", "."],
        "layout of the code": [*PYTHON, "ruff", "format", "--check", "."],
        "import contracts": [str(SCRIPTS / "lint-imports")],
        "templates": [*PYTHON, "djlint", "templates", "--lint", "--quiet"],
    },
    "types": {"types": [*PYTHON, "mypy"]},
    "migrations": {
        "migrations are complete": [*MANAGE, "makemigrations", "--check", "--dry-run"],
        "deployment settings": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    },
}
FIXES = {
    "format": {
        "style": [*PYTHON, "ruff", "check", "--fix", "."],
        "layout of the code": [*PYTHON, "ruff", "format", "."],
        "templates": [*PYTHON, "djlint", "templates", "--reformat", "--quiet"],
    }
}
# What `check --deploy` needs to see the settings of production; these open nothing anywhere.
AS_IN_PRODUCTION = {
    "PRODUCTION": "1",
    "SECRET_KEY": "check-deploy-only-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    "PRIVATE_TEXT_KEYS": "Y2hlY2stZGVwbG95LW9ubHktMzItYnl0ZXMtbG9uZyE=",
    "SITE_URL": "https://mentoring.example",
    "ALLOWED_HOSTS": "mentoring.example",
    "DATABASE_URL": "postgres://nobody@localhost/nothing",
    "REDIS_URL": "redis://localhost/0",
}


def main() -> None:
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    groups = FIXES if "--fix" in sys.argv else CHECKS
    wrong = sorted(set(words) - set(groups))
    if wrong:
        sys.exit(f"No such check: {', '.join(wrong)}. There are: {', '.join(groups)}.")
    chosen = {name: command for group in (words or groups) for name, command in groups[group].items()}
    failed = [name for name, command in chosen.items() if not passes(name, command)]
    if failed:
        sys.exit(f"Not right yet: {', '.join(failed)}.")


def passes(name: str, command: list[str]) -> bool:
    """Run one check; show what it says only where it fails."""
    began = time.monotonic()
    settings = AS_IN_PRODUCTION if "--deploy" in command else {"PRODUCTION": "0"}
    environment = {**os.environ, **settings}
    done = subprocess.run(
        command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    mark = "✓" if done.returncode == 0 else "✗"
    print(f"{mark} {name} ({time.monotonic() - began:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    main()
