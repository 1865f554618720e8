"""Queries that are written once.

Django writes the SQL of a query anew each time it is asked, and PostgreSQL plans it anew, which for a wide one takes
longer than its answer. A page that everybody opens all day asks prepared ones:

    OPEN = prepared(lambda person: Pair.objects.of(person).open().with_people(), KEY)

    OPEN(person.pk)  # the rows as a list, like list(Pair.objects.of(person.pk).open().with_people())

The function is called once, with stand-ins for the values; it must hand each of them to the query as it is, and build
the same query whatever they are; many keys at once are KEYS, which the lookup `among` takes. Rows are instances, or
what `values_list` gives; there are no prefetches.

The plan is PostgreSQL's own prepared statement; each connection makes its own at the first asking. A pooler that lends
a connection to another after each transaction loses them: there, DATABASE_PREPARES is switched off.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Generic, TypeVar, cast
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections
from django.db.models import Field, ForeignObject, Lookup, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable

T = TypeVar("T")
StandIn = int | str | dt.date | tuple[int, ...]
_HASHABLE = (int, str, dt.date, tuple)

KEY: StandIn = 1 << 62  # kinds of values
KEYS: StandIn = (1 << 62,)
MOMENT: StandIn = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
DAY: StandIn = dt.date(1900, 1, 1)
WORD: StandIn = "stand-in "
MOST = 1 << 63
SQL_TYPES: dict[type, str] = {
    int: "bigint",
    tuple: "bigint[]",
    dt.datetime: "timestamptz",
    dt.date: "date",
    str: "text",
}

_numbers = count(1)
_known: "WeakKeyDictionary[Any, set[str]]" = WeakKeyDictionary()  # connection to the names that it has plans for


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup):
    """`pk__among=keys`: what `in` asks, whose SQL is another one for each number of keys."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::bigint[])", (*parameters, self.rhs)


def prepared(query: Callable[..., QuerySet[Any, T]], *kinds: StandIn) -> "Prepared[T]":
    return Prepared(query, kinds)


@dataclass(frozen=True)
class _Slot:
    """Where the value of this number goes."""

    number: int


@dataclass(frozen=True)
class _Written:
    name: str
    execute: str
    sql: str
    parameters: Sequence[Any]
    types: Sequence[str]
    converters: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]
    row: Callable[[Sequence[Any]], Any]


class Prepared(Generic[T]):
    def __init__(self, query: Callable[..., QuerySet[Any, T]], kinds: Sequence[StandIn]) -> None:
        self._query = query
        self._kinds = kinds
        self._written: _Written | None = None

    def __call__(self, *values: Any) -> list[T]:
        if len(values) != len(self._kinds):
            raise TypeError(f"{len(self._kinds)} values are asked for.")
        if any(type(value) is int and abs(value) >= MOST for value in values):
            return []  # an address may hold any number, but no row has such a key
        written = self._written = self._written or self._write()
        rows = _rows(written, values, connections[DEFAULT_DB_ALIAS])
        if not written.converters:
            return [written.row(row) for row in rows]
        return [written.row(_converted(row, written.converters)) for row in rows]

    def _write(self) -> _Written:
        values = [_stand_in(kind, number) for number, kind in enumerate(self._kinds)]
        queryset = self._query(*values)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        slots = {value: _Slot(number) for number, value in enumerate(values)}
        filled = [slots.get(each, each) if isinstance(each, _HASHABLE) else each for each in parameters]
        if set(slots.values()) - {each for each in filled if type(each) is _Slot}:
            raise TypeError("A value does not reach the query as it is.")
        found = compiler.get_converters([column for column, _, _ in compiler.select])
        converters = [(at, converters, expression) for at, (converters, expression) in found.items()]
        types = [SQL_TYPES[type(kind)] for kind in self._kinds]
        name = f"prepared_{next(_numbers)}"
        return _Written(name, _execute(name, types), sql, filled, types, converters, _row_of(queryset, compiler))


def _filled(parameter: Any, values: Sequence[Any]) -> Any:
    return _adapted(values[parameter.number]) if type(parameter) is _Slot else parameter


def _adapted(value: Any) -> Any:
    """Many keys reach PostgreSQL as an array, which a list becomes."""
    return list(value) if isinstance(value, tuple | set | frozenset) else value


def _execute(name: str, types: Sequence[str]) -> str:
    return f"EXECUTE {name}({', '.join(['%s'] * len(types))})" if types else f"EXECUTE {name}"


def _rows(written: _Written, values: Sequence[Any], here: Any) -> list[Sequence[Any]]:
    """The first query of a request tells whether its connection still lives, as Django's health check would before it:
    where it has died meanwhile, the query is asked again in a new one.
    """
    try:
        return _asked(written, values, here)
    except (InterfaceError, OperationalError):
        if here.health_check_done or here.in_atomic_block or here.connection is None or here.is_usable():
            raise
        here.close()
        return _asked(written, values, here)


def _asked(written: _Written, values: Sequence[Any], here: Any) -> list[Sequence[Any]]:
    cursor = _cursor(here)
    if settings.DATABASE_PREPARES:
        _make_known(written, here)
        cursor.execute(written.execute, [_adapted(value) for value in values])
    else:
        cursor.execute(written.sql, [_filled(each, values) for each in written.parameters])
    here.health_check_done = True
    return cast(list[Sequence[Any]], cursor.fetchall())


def _cursor(here: Any) -> Any:
    """One for all prepared queries of a connection, which are read to their end one after the other; a page that asks
    a dozen would else make a dozen.
    """
    driver, cursor = getattr(here, "prepared_cursor", (None, None))
    if driver is None or driver is not here.connection or here.queries_logged:
        cursor = here.cursor()
        here.prepared_cursor = (None if here.queries_logged else here.connection, cursor)
    return cursor


def _make_known(written: _Written, here: Any) -> None:
    """Past Django's cursor, as it is no query of the page's: its connection needs it once."""
    driver = here.connection
    names = _known.setdefault(driver, set())
    if written.name in names:
        return
    with here.wrap_database_errors, driver.cursor() as cursor:
        places = [
            f"${each.number + 1}" if type(each) is _Slot else cursor.mogrify("%s", [each]).decode()
            for each in written.parameters
        ]
        types = f" ({', '.join(written.types)})" if written.types else ""
        cursor.execute(f"PREPARE {written.name}{types} AS {written.sql % tuple(places)}")
    names.add(written.name)


def _stand_in(kind: StandIn, number: int) -> StandIn:
    match kind:
        case int():
            return kind + number
        case str():
            return f"{kind}{number}"
        case tuple():
            return (kind[0] + number,)
    return kind + dt.timedelta(days=number)


def _converted(row: Sequence[Any], converters: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]) -> list[Any]:
    values = list(row)
    for at, functions, expression in converters:
        for function in functions:
            values[at] = function(values[at], expression, connection)
    return values


def _row_of(queryset: QuerySet[Any, Any], compiler: Any) -> Callable[[Sequence[Any]], Any]:
    made_by = queryset._iterable_class
    if made_by is ModelIterable:
        return _instances(compiler)
    if made_by is FlatValuesListIterable:
        return lambda values: values[0]
    if made_by is ValuesListIterable:
        return tuple
    raise TypeError("Rows are instances, or what `values_list` gives.")


def _instances(compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """As Django's own ModelIterable makes them, past `Model.__init__`, which weighs every field of every row anew."""
    made_of = _Made(compiler.klass_info, compiler.select)
    annotations = list((compiler.annotation_col_map or {}).items())
    if not annotations:
        return made_of

    def instance(values: Sequence[Any]) -> Any:
        made = made_of(values)
        for name, at in annotations:
            setattr(made, name, values[at])
        return made

    return instance


class _Made:
    """Makes the instances of one model of a query out of its rows, each with those that belong to it."""

    def __init__(self, info: dict[str, Any], select: Sequence[Any]) -> None:
        columns: list[int] = info["select_fields"]
        if info.get("from_parent") or columns != list(range(columns[0], columns[-1] + 1)):
            raise TypeError("Rows of models that inherit tables are not prepared.")
        self.model: type[Model] = info["model"]
        self.first, self.end = columns[0], columns[-1] + 1
        self.names = [select[at][0].target.attname for at in columns]
        self.key = self.first + self.names.index(self.model._meta.pk.attname)
        self.related = [
            (_Made(each, select), each["local_setter"], each["remote_setter"])
            for each in info.get("related_klass_infos", ())
        ]

    def __call__(self, values: Sequence[Any]) -> Any:
        made = self.model.__new__(self.model)
        state = ModelState()
        state.adding, state.db = False, "default"
        made.__dict__.update(zip(self.names, values[self.first : self.end], strict=True), _state=state)
        for make, set_local, set_remote in self.related:
            other = None if values[make.key] is None else make(values)
            set_local(made, other)
            if other is not None:
                set_remote(other, made)
        return made
