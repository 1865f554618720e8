"""A new site's secrets are made once, are private, and fit the settings."""

import stat
import subprocess
import sys
from pathlib import Path

import environ
from cryptography.fernet import Fernet

from reverse_mentoring.embedded.place import CHECKOUT


def make_secrets(folder: Path) -> dict[str, str]:
    subprocess.run([sys.executable, CHECKOUT / "scripts" / "make_secrets.py", folder], check=True, capture_output=True)
    return dict(line.split("=", 1) for line in (folder / "env").read_text().splitlines())


def test_secrets_are_made_once(tmp_path: Path) -> None:
    assert make_secrets(tmp_path) == make_secrets(tmp_path)


def test_two_sites_share_no_secret(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    both = zip(make_secrets(tmp_path / "a").values(), make_secrets(tmp_path / "b").values(), strict=True)

    assert [first == second for first, second in both] == [False, False, False]


def test_secrets_fit_the_settings_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    made = make_secrets(tmp_path)

    database = environ.Env.db_url_config(made["DATABASE_URL"])
    Fernet(made["PRIVATE_TEXT_KEYS"])
    assert len(made["SECRET_KEY"]) > 50
    assert (database["HOST"], database["PASSWORD"]) == ("database", (tmp_path / "postgres_password").read_text())
    assert stat.S_IMODE((tmp_path / "env").stat().st_mode) == 0o400


def test_a_run_that_was_cut_off_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "env.unfinished").write_text("SECRET_KEY=half")

    assert set(make_secrets(tmp_path)) == {"SECRET_KEY", "PRIVATE_TEXT_KEYS", "DATABASE_URL"}
