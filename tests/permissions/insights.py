"""Rows of HR's dashboards: each page for all programmes and for one."""

from tests.permissions.matrix import HR, Row, World, posted


def one(*more: object):  # type: ignore[no-untyped-def]
    return lambda world: [world.programme.pk, *more]


def all_of(*more: object):  # type: ignore[no-untyped-def]
    return lambda world: [*more]


def nudge(world: World) -> dict[str, str]:
    return {"kind": "nudge"}


ROWS = [
    Row("dashboard", HR),
    Row("programme-dashboard", HR, args=one()),
    Row("all-refresh", posted(HR), post=lambda w: {}),
    Row("programme-refresh", posted(HR), args=one(), post=lambda w: {}),
    Row("all-figures-file", HR, args=all_of("csv")),
    Row("programme-figures-file", HR, args=one("xlsx")),
    Row("all-figure", HR, args=all_of("pace")),
    Row("programme-figure", HR, args=one("happiness")),
    Row("all-figure-file", HR, args=all_of("pace", "csv")),
    Row("programme-figure-file", HR, args=one("happiness", "xlsx")),
    Row("all-pictures", HR),
    Row("programme-pictures", HR, args=one()),
    Row("all-picture-file", HR, args=all_of("flow", "csv")),
    Row("programme-picture-file", HR, args=one("skills", "xlsx")),
    Row("all-needs", HR),
    Row("programme-needs", HR, args=one()),
    Row("programme-leaders", HR, args=one()),
    Row("programme-leaders-file", HR, args=one("csv")),
    Row("programme-report", HR, args=one()),
    Row("pair-help", posted(HR), args=lambda w: [w.pair.pk], post=nudge),
]
