import pytest
from django.conf import settings
from django.core.cache import cache
from redis import Redis

from reverse_mentoring.celery import app
from reverse_mentoring.redis_databases import cache_url


@pytest.mark.parametrize(
    ("broker", "beside"),
    [
        ("redis://broker:6379/0", "redis://broker:6379/1"),
        ("redis://broker:6379", "redis://broker:6379/1"),
        (
            "rediss://:secret@broker:6380/4?ssl_cert_reqs=required",
            "rediss://:secret@broker:6380/5?ssl_cert_reqs=required",
        ),
        ("redis://broker:6379/15", "redis://broker:6379/14"),
        ("redis+socket:///run/redis.sock", "unix:///run/redis.sock?db=1"),
        ("redis+socket:///run/redis.sock?virtual_host=2", "unix:///run/redis.sock?db=3"),
    ],
)
def test_cache_lies_in_the_database_beside_the_brokers(broker: str, beside: str) -> None:
    assert cache_url(broker) == beside


def test_emptying_the_cache_leaves_what_waits_in_the_broker() -> None:
    with app.connection_for_write() as connection:
        waiting = connection.SimpleQueue("kept")
        waiting.put("a call for work")
        cache.set("counted", 1)

        Redis.from_url(settings.CACHES["default"]["LOCATION"]).flushdb()

        assert (waiting.get(timeout=2).payload, cache.get("counted")) == ("a call for work", None)
        waiting.clear()


def test_emptying_the_broker_leaves_the_cache() -> None:
    cache.set("counted", 1)

    with app.connection_for_write() as connection:
        connection.default_channel.client.flushdb()

    assert cache.get("counted") == 1
