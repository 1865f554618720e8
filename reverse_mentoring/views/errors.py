"""Pages for what went wrong."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_AFTER = 30  # seconds


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: a part of the site cannot be reached; the page asks none of them for anything."""
    page = render_to_string("503.html")
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"})


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database cannot be reached or is too busy to answer."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return unavailable(request)
    return HttpResponse(render_to_string("500.html"), status=500)
