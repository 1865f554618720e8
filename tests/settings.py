"""The site's settings as the tests run it: services of their own, quick password hashes, plain static files.

Without `DATABASE_URL` and `REDIS_URL` the root conftest starts the embedded services in a temporary folder, whose name
the first process chooses here, before Django reads its settings; the processes of pytest-xdist inherit it.
"""

import os
import secrets
import tempfile

if "TEST_RUN_FOLDER" not in os.environ:
    os.environ["TEST_RUN_FOLDER"] = f"{tempfile.gettempdir()}/rm-test-{secrets.token_hex(8)}/run"
os.environ["RUN_FOLDER"] = os.environ["TEST_RUN_FOLDER"]
# What is not given stays unset: a `.env` with the addresses of a real site must not reach the tests.
os.environ.setdefault("DATABASE_URL", "")
os.environ.setdefault("REDIS_URL", "")
# A table that tests fill and empty all the time is slow to read until the database has tidied it up.
os.environ.setdefault("STATEMENT_TIMEOUT_MS", "120000")
os.environ.update(PRODUCTION="0", DEBUG="0", DEMO=os.environ.get("TEST_DEMO", "0"))

from reverse_mentoring.settings import *  # noqa: F403
from reverse_mentoring.settings import BASE_DIR, CACHES, REDIS_URL, STORAGES, TEMPLATES

# Each process of pytest-xdist has a database of its own, in PostgreSQL by name and in Redis by number.
number = 2 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
if REDIS_URL.startswith("redis+socket://"):
    CELERY_BROKER_URL = f"{REDIS_URL}?virtual_host={number}"
    cache_address = f"{REDIS_URL.replace('redis+socket://', 'unix://')}?db={number + 1}"
else:
    CELERY_BROKER_URL, cache_address = (f"{REDIS_URL.rsplit('/', 1)[0]}/{n}" for n in (number, number + 1))
CACHES["default"]["LOCATION"] = cache_address

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEMPLATES[0]["DIRS"].append(BASE_DIR / "tests" / "templates")
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_AUTOREFRESH = True
