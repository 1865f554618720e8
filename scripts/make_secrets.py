"""Makes the secrets of a new site, once: `python scripts/make_secrets.py FOLDER`. What is there stays as it is.

Writes `env`, which settings read through ENV_FILE, and `postgres_password`, which PostgreSQL's image reads.
"""

import base64
import os
import secrets
import sys
from pathlib import Path


def main() -> None:
    folder = Path(sys.argv[1])
    if (folder / "env").exists():
        print("The secrets are there already.")
        return
    password = secrets.token_urlsafe(32)
    key = base64.urlsafe_b64encode(os.urandom(32)).decode()
    database = f"postgres://reverse_mentoring:{password}@database/reverse_mentoring"
    write(folder / "postgres_password", password, mode=0o444)
    write(
        folder / "env",
        f"SECRET_KEY={secrets.token_urlsafe(64)}\nPRIVATE_TEXT_KEYS={key}\nDATABASE_URL={database}\n",
        mode=0o400,
    )
    print("New secrets are made. Keep a copy: without PRIVATE_TEXT_KEYS nobody can read the private words again.")


def write(path: Path, text: str, *, mode: int) -> None:
    """Whole or not at all."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    unfinished.write_text(text)
    unfinished.chmod(mode)
    unfinished.rename(path)


if __name__ == "__main__":
    main()
