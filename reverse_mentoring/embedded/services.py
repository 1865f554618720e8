"""PostgreSQL and the broker together, as tests and the demo want them."""

from types import TracebackType

from reverse_mentoring.embedded.broker import Broker
from reverse_mentoring.embedded.place import Place, prepare
from reverse_mentoring.embedded.postgres import Postgres


class Services:
    """`with Services(place):` both answer inside the block and are gone after it."""

    def __init__(self, place: Place, *, careless: bool = False, database: bool = True, broker: bool = True) -> None:
        prepare(place)
        self.place = place
        self.postgres = Postgres(place, careless=careless) if database else None
        self.broker = Broker(place) if broker else None

    def start(self) -> None:
        for service in (self.postgres, self.broker):
            if service:
                service.start()

    def stop(self) -> None:
        for service in (self.broker, self.postgres):
            if service:
                service.stop()

    def __enter__(self) -> "Services":
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
