import pytest
from django.core.exceptions import ValidationError

from mentoring.models.zones import time_zone_names, validate_time_zone, zone_named


def test_zones_are_places_and_utc() -> None:
    names = time_zone_names()

    assert {"Europe/London", "America/New_York", "Asia/Singapore", "UTC"} <= set(names)
    assert not [name for name in names if name.startswith("Etc/")]


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Paris", "Europe/Paris"),
        (" europe/paris ", "Europe/Paris"),
        ("Paris", "Europe/Paris"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
        ("Istanbul", "Istanbul"),  # there are two of that name
        ("Atlantis", "Atlantis"),
        ("", ""),
    ],
)
def test_a_zone_is_known_by_its_city(typed: str, zone: str) -> None:
    assert zone_named(typed) == zone


def test_an_unknown_zone_is_refused_in_few_words() -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_time_zone("x" * 10_000)

    assert len(refusal.value.messages[0]) < 200
