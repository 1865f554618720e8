"""Months by their first day, in UTC."""

import datetime as dt


def start_of(moment: dt.datetime) -> dt.date:
    return moment.astimezone(dt.UTC).date().replace(day=1)


def next_month(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=31)).replace(day=1)


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Both included."""
    months = []
    while first <= last:
        months.append(first)
        first = next_month(first)
    return months
