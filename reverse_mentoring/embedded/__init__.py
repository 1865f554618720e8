"""The services that the project starts by itself where none are given: PostgreSQL and a Redis-protocol broker.

`make demo` and `make test` use them. Settings ask only for their addresses, where `DATABASE_URL` and `REDIS_URL` are
not set; nothing is started by asking.
"""

from reverse_mentoring.embedded.address import database_url, redis_url
from reverse_mentoring.embedded.place import EmbeddedError

__all__ = ["EmbeddedError", "database_url", "redis_url"]
