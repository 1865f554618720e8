"""The operators' pages: what `mentoring.admin` shows, to be read and never changed."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse


class Operators(AdminSite):
    """Only models whose pages change nothing: whatever a library registers would be changed without an audit row."""

    site_title = site_header = "Operators"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        if getattr(admin_class, "read_only", False):
            super().register(model_or_iterable, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The site's own page, with its limits and its second factor."""
        return secure_admin_login(super().login)(request, extra_context)  # type: ignore[no-any-return]
