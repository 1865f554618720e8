"""The switch between light and dark: a cookie, so that the first byte of a page already has the right colours."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from reverse_mentoring.context import THEMES

YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Back to the page with the switch, which the browser names: SECURE_REFERRER_POLICY lets it, on this site alone."""
    page = request.headers.get("Referer", "")
    response = redirect(page if url_has_allowed_host_and_scheme(page, {request.get_host()}) else "/")
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
