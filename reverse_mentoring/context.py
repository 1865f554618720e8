"""What every template may know about the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {"company_name": settings.COMPANY_NAME, "is_demo": settings.DEMO}
