"""Queries that are written once.

Django writes the SQL of a query anew each time it is asked, which for a wide one takes longer than PostgreSQL's answer.
A page that everybody opens all day asks prepared ones:

    OPEN = prepared(lambda person: Pair.objects.of(person).open().with_people(), KEY)

    OPEN(person.pk)  # the rows as a list, like list(Pair.objects.of(person.pk).open().with_people())

The function is called once, with stand-ins for the values; it must hand each of them to the query as it is, and build
the same query whatever they are. Rows are instances, or what `values_list` gives; there are no prefetches.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators

T = TypeVar("T")
StandIn = int | str | dt.date

KEY: StandIn = 1 << 62  # kinds of values
MOMENT: StandIn = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
DAY: StandIn = dt.date(1900, 1, 1)
WORD: StandIn = "stand-in "


def prepared(query: Callable[..., QuerySet[Any, T]], *kinds: StandIn) -> "Prepared[T]":
    return Prepared(query, kinds)


@dataclass(frozen=True)
class _Slot:
    """Where the value of this number goes."""

    number: int


@dataclass(frozen=True)
class _Written:
    sql: str
    parameters: Sequence[Any]
    converters: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]
    row: Callable[[list[Any]], Any]


class Prepared(Generic[T]):
    def __init__(self, query: Callable[..., QuerySet[Any, T]], kinds: Sequence[StandIn]) -> None:
        self._query = query
        self._kinds = kinds
        self._written: _Written | None = None

    def __call__(self, *values: Any) -> list[T]:
        if len(values) != len(self._kinds):
            raise TypeError(f"{len(self._kinds)} values are asked for.")
        written = self._written = self._written or self._write()
        parameters = [values[each.number] if type(each) is _Slot else each for each in written.parameters]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, parameters)
            rows = cursor.fetchall()
        return [written.row(_converted(row, written.converters)) for row in rows]

    def _write(self) -> _Written:
        values = [_stand_in(kind, number) for number, kind in enumerate(self._kinds)]
        queryset = self._query(*values)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        slots = {value: _Slot(number) for number, value in enumerate(values)}
        filled = [slots.get(each, each) if isinstance(each, StandIn) else each for each in parameters]
        if set(slots.values()) - {each for each in filled if type(each) is _Slot}:
            raise TypeError("A value does not reach the query as it is.")
        found = compiler.get_converters([column for column, _, _ in compiler.select])
        converters = [(at, converters, expression) for at, (converters, expression) in found.items()]
        return _Written(sql, filled, converters, _row_of(queryset, compiler))


def _stand_in(kind: StandIn, number: int) -> StandIn:
    match kind:
        case int():
            return kind + number
        case str():
            return f"{kind}{number}"
    return kind + dt.timedelta(days=number)


def _converted(row: Sequence[Any], converters: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]) -> list[Any]:
    values = list(row)
    for at, functions, expression in converters:
        for function in functions:
            values[at] = function(values[at], expression, connection)
    return values


def _row_of(queryset: QuerySet[Any, Any], compiler: Any) -> Callable[[list[Any]], Any]:
    made_by = queryset._iterable_class
    if made_by is ModelIterable:
        return _instances(compiler)
    if made_by is FlatValuesListIterable:
        return lambda values: values[0]
    if made_by is ValuesListIterable:
        return tuple
    raise TypeError("Rows are instances, or what `values_list` gives.")


def _instances(compiler: Any) -> Callable[[list[Any]], Any]:
    """As Django's own ModelIterable makes them."""
    info, select = compiler.klass_info, compiler.select
    first, end = info["select_fields"][0], info["select_fields"][-1] + 1
    model, names = info["model"], [column.target.attname for column, _, _ in select[first:end]]
    related = get_related_populators(info, select, "default")  # type: ignore[call-arg]  # stubs of a later Django
    annotations = list((compiler.annotation_col_map or {}).items())

    def instance(values: list[Any]) -> Any:
        made = model.from_db("default", names, values[first:end])
        for each in related:
            each.populate(values, made)
        for name, at in annotations:
            setattr(made, name, values[at])
        return made

    return cast(Callable[[list[Any]], Any], instance)
