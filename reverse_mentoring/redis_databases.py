"""Broker and cache on one Redis server, each in a numbered database of its own: emptying one leaves the other alone."""

from urllib.parse import parse_qs, urlsplit

LAST = 15  # Redis has sixteen databases, unless it is told otherwise


def cache_url(redis_url: str) -> str:
    """Where the cache lies beside a broker at `redis_url`: in the next database of the same server.

    >>> cache_url("redis://broker:6379/0")
    'redis://broker:6379/1'
    """
    parts = urlsplit(redis_url)
    if parts.scheme == "redis+socket":
        number = parse_qs(parts.query).get("virtual_host", ["0"])[0]
        return f"unix://{parts.path}?db={_beside(number)}"
    return parts._replace(path=f"/{_beside(parts.path.strip('/'))}").geturl()


def _beside(number: str) -> int:
    """The next database; the one before where there is none after it."""
    mine = int(number) if number.isdecimal() else 0
    return mine + 1 if mine < LAST else mine - 1
