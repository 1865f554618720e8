"""What every template may know: the site's name, the colours chosen, the ways to go, what the address asks for."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from reverse_mentoring import navigation
from reverse_mentoring.demo import stories

THEMES = ("light", "dark")


def site(request: HttpRequest) -> dict[str, object]:
    theme = request.COOKIES.get("theme", "")
    return {
        "company_name": settings.COMPANY_NAME,
        "is_demo": settings.DEMO,
        "demo_people": stories.to_look_around_as if settings.DEMO else (),
        "theme": theme if theme in THEMES else "",
        "parameters": request.GET,
        "nav": SimpleLazyObject(partial(navigation.groups, request)),
        "profile_menu": partial(navigation.profile_menu, request),
        "account_menu": partial(navigation.account_menu, request),
        "home_url": navigation.address("home") or "/",
        "messages_url": navigation.address("message-list"),
        "unread_count": partial(unread_count, request),
    }


def unread_count(request: HttpRequest) -> int:
    user = navigation.account(request)
    return user.unread if user else 0
