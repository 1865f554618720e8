"""Middleware that tells, in a header, how long a page took on the server and how many queries it asked."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

HEADER = "X-Cost"


class Measure:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        counted = Counter()
        began = time.perf_counter()
        with connection.execute_wrapper(counted):
            response = self.get_response(request)
        response[HEADER] = f"{1000 * (time.perf_counter() - began):.2f} {counted.queries}"
        return response


class Counter:
    queries = 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.queries += 1
        return execute(*arguments)
