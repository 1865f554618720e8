"""Rows of HR's dashboards."""

from tests.permissions.matrix import HR, Row

ROWS = [
    Row("dashboard", HR),
    Row("programme-dashboard", HR, args=lambda w: [w.programme.pk]),
    Row("figure-csv", HR, args=lambda w: [w.programme.pk, "funnel"]),
]
