"""Time zones by their IANA names."""

import zoneinfo
from functools import lru_cache

from django.core.exceptions import ValidationError


@lru_cache(maxsize=1)
def time_zone_names() -> tuple[str, ...]:
    """Every zone that a person may choose, as "Region/City", and UTC."""
    names = zoneinfo.available_timezones()
    places = (n for n in names if "/" in n and not n.startswith(("Etc/", "SystemV/", "posix/", "right/")))
    return (*sorted(places), "UTC")


def validate_time_zone(value: str) -> None:
    if value not in time_zone_names():
        raise ValidationError(
            "“%(value)s” is not a time zone we know. Choose one from the list, such as Europe/London.",
            params={"value": value[:60]},
        )


def zone_named(words: str) -> str:
    """The zone a person means by "Europe/Paris", "europe/paris", "Paris" or "new york"; else the words as they are."""
    typed = words.strip().replace(" ", "_").casefold()
    found = [name for name in time_zone_names() if name.casefold() == typed]
    found = found or [name for name in time_zone_names() if name.casefold().endswith(f"/{typed}")]
    return found[0] if typed and len(found) == 1 else words.strip()
