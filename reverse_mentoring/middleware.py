"""Middleware of the site."""

import zoneinfo
from collections.abc import Callable
from http import HTTPStatus

import structlog
from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from reverse_mentoring.views.errors import unavailable

log = structlog.get_logger()
DEBUG_PAGES = (HTTPStatus.NOT_FOUND, HTTPStatus.INTERNAL_SERVER_ERROR)  # Django's own, with styles inline


class PolicyMiddleware:
    """The Content-Security-Policy of the settings, the same for every page: django-csp's own middleware writes it anew
    for each, for pages that have one of their own. Here none has.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = str(build_policy())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in DEBUG_PAGES):
            response.headers.setdefault(HEADER, self.policy)
        return response


class PersonTimeZoneMiddleware:
    """Shows every time in the signed-in person's own time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            with timezone.override(zoneinfo.ZoneInfo(request.user.person.time_zone)):
                return self.get_response(request)
        return self.get_response(request)


class ButtonsAloneMiddleware:
    """A page in the place of the empty 405 that a browser gets who opens the address of a button, after signing in
    anew for instance.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method not in ("GET", "HEAD"):
            return response
        page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class WholeAddressMiddleware:
    """No page has an address with a null character in it, which no search of the database could take."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META["QUERY_STRING"] or "\0" in request.path_info:
            raise Http404
        return self.get_response(request)


class BrokerMiddleware:
    """Rate limits need Redis. Where it cannot be reached a page asks for patience instead of breaking: nobody gets in
    past a limit that cannot be counted.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, RedisConnectionError | RedisTimeoutError):
            return None
        log.warning("broker_unreachable", path=request.path)
        return unavailable(request)
