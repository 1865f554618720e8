"""The broker and cache: a Redis server behind a private Unix socket, or one written in Python on a local port."""

import contextlib
import socket
import sys
from pathlib import Path

from reverse_mentoring.embedded import processes
from reverse_mentoring.embedded.address import python_broker_port, redis_server
from reverse_mentoring.embedded.place import Place

PYTHON_BROKER = Path(__file__).with_name("python_broker.py")
PING = b"*1\r\n$4\r\nPING\r\n"
SHUTDOWN = b"*2\r\n$8\r\nSHUTDOWN\r\n$6\r\nNOSAVE\r\n"


class Broker:
    """Holds nothing that must last: what is due is in PostgreSQL, so it starts empty each time."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.child: processes.Child | None = None

    def start(self) -> processes.Child:
        """Start the server; return once it answers."""
        self._end_leftover()
        self.child = processes.start(
            "broker", self._command(), log=self.place.logs / "broker.log", folder=self.place.run
        )
        processes.wait_for(self.answers, seconds=20, child=self.child, what="the broker answered")
        return self.child

    def stop(self) -> None:
        if self.child:
            self.child.stop()

    def answers(self) -> bool:
        return self._ask(PING).startswith(b"+PONG")

    def _command(self) -> list[str]:
        server = redis_server()
        if server is None:
            port = python_broker_port(self.place)
            return [sys.executable, "-P", str(PYTHON_BROKER), str(port)]
        options = {"--port": "0", "--unixsocket": str(self.place.broker_socket), "--unixsocketperm": "700"}
        options |= {"--save": "", "--appendonly": "no", "--daemonize": "no", "--databases": "128"}
        return [server, *(word for option in options.items() for word in option)]

    def _end_leftover(self) -> None:
        """A server that an earlier start left behind is asked to go."""
        if self.answers():
            self._ask(SHUTDOWN)
        if redis_server() is not None:
            self.place.broker_socket.unlink(missing_ok=True)

    def _ask(self, command: bytes) -> bytes:
        over_tcp = redis_server() is None
        address = ("127.0.0.1", python_broker_port(self.place)) if over_tcp else str(self.place.broker_socket)
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET if over_tcp else socket.AF_UNIX) as connection:
            connection.settimeout(2)
            connection.connect(address)
            connection.sendall(command)
            return connection.recv(64)
        return b""
