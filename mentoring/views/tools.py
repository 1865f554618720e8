"""What several views share."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from mentoring.models import Programme, User
from mentoring.prepared import KEY, prepared
from mentoring.seldom import seldom_counted

M = TypeVar("M", bound=Model)


def page_of(request: HttpRequest, rows: QuerySet[M], size: int) -> Page[M]:
    """The page that the address asks for; the nearest where there is no such page."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def long_page_of(request: HttpRequest, rows: QuerySet[Any, Any], size: int) -> Page[int]:
    """The keys on one page of a list that grows with the company, and is the same for all who may see it. A long list
    is counted once a minute, which its last page alone shows.
    """
    paginator: Paginator[int] = Paginator(rows.values_list("pk", flat=True), size)
    chosen = sorted((name, values) for name, values in request.GET.lists() if name not in ("page", "sort"))
    asked = blake2b(repr((request.path, chosen)).encode(), digest_size=20).hexdigest()
    paginator.count = seldom_counted(asked, rows.order_by().count)
    return paginator.get_page(request.GET.get("page"))


_PROGRAMME = prepared(lambda pk: Programme.objects.visible_to(User(is_hr=True)).filter(pk=pk), KEY)


def programme_for_hr(pk: int) -> Programme:
    """For pages that HR alone may open; 404 where there is no such programme."""
    return only_row(_PROGRAMME(pk))


def only_row(rows: Iterable[M]) -> M:
    """Of a query for one object; 404 where there is none."""
    found = next(iter(rows), None)
    if found is None:
        raise Http404
    return found


def next_url(request: HttpRequest, default: str) -> str:
    """Where the page that led here wants to be returned to, if that is an address of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(default)


def number_of(text: str | None) -> int:
    """A key or version that came with a request; 0, which is nothing's, where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was posted, even if it is nothing."""
    return request.POST if request.method == "POST" else None


def url_with(name: str, query: QueryDict) -> str:
    """The address of this name with these parameters."""
    return f"{resolve_url(name)}?{query.urlencode()}" if query else resolve_url(name)
