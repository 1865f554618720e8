"""The embedded broker answers behind its private socket, starts after anything, and has a stand-in in Python."""

import sys
import time
from pathlib import Path

from kombu import Connection
from redis import Redis
from redis.exceptions import ConnectionError as NotConnected

from reverse_mentoring.embedded import processes, redis_url
from reverse_mentoring.embedded.broker import PYTHON_BROKER, Broker
from reverse_mentoring.embedded.place import Place, place_of, prepare
from tests.support.site import free_port


def started(place: Place) -> Broker:
    prepare(place)
    broker = Broker(place)
    broker.start()
    return broker


def test_it_answers_behind_its_socket_and_is_gone_after_stopping(place: Place) -> None:
    broker = started(place)
    answered = broker.answers()

    broker.stop()

    assert (answered, broker.answers()) == (True, False)


def test_it_starts_after_a_kill_9_left_its_socket_behind(place: Place) -> None:
    first = started(place)
    assert first.child
    first.child.process.kill()
    first.child.process.wait()
    assert place.broker_socket.exists()

    second = started(place)

    assert second.answers()
    second.stop()


def test_one_that_still_runs_is_followed_by_ours(place: Place) -> None:
    first = started(place)

    second = started(place)

    assert first.child
    assert first.child.process.wait(5) == 0
    assert second.answers()
    second.stop()


def test_celery_and_the_cache_find_it_whatever_the_path(folder: Path) -> None:
    place = place_of(folder / "a folder+with 100% spaces" / "run")
    broker = started(place)

    with Connection(redis_url(place)) as connection, connection.SimpleQueue("words") as queue:
        queue.put("hello")
        with Redis.from_url(redis_url(place).replace("redis+socket://", "unix://")) as client:
            assert client.llen("words") == 1
        assert queue.get(timeout=2).payload == "hello"

    broker.stop()


def test_the_broker_in_python_speaks_what_celery_needs(place: Place) -> None:
    port = free_port()
    command = [sys.executable, "-P", str(PYTHON_BROKER), str(port)]
    child = processes.start("broker", command, log=place.logs / "broker.log")
    with Redis(port=port, socket_timeout=5) as client:
        processes.wait_for(lambda: answers(client), seconds=20, child=child, what="it answered")
        listener = client.pubsub(ignore_subscribe_messages=True)
        listener.subscribe("news")
        client.lpush("queue", "task")

        assert client.brpop(["queue"], timeout=1) == (b"queue", b"task")
        assert client.eval("return redis.call('incrby', KEYS[1], 3)", 1, "number") == 3
        assert heard(client, listener) == b"hello"
        listener.close()

    child.stop()


def answers(client: "Redis[bytes]") -> bool:
    try:
        return bool(client.ping())
    except NotConnected:
        return False


def heard(client: "Redis[bytes]", listener: object) -> bytes | None:
    """What comes over the channel once the listener listens."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        client.publish("news", "hello")
        if message := listener.get_message(timeout=0.2):  # type: ignore[attr-defined]
            return bytes(message["data"])
    return None
