"""The roles, what a row of the table says, and the small world that it is tried in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from mentoring.models import Person

# Alice and Bob are a pair, and what a row is about is Alice's; Bob is her partner, Charlie a stranger to both, Pat a
# partner from outside who is in no pair with them, Dana works in HR, Eve has left the company.
ROLES = ("anonymous", "alice", "bob", "charlie", "pat", "dana", "eve")


def who(
    anonymous: int = 302, alice: int = 200, bob: int = 200, charlie: int = 200, pat: int = 200, dana: int = 200
) -> Mapping[str, int]:
    """The status that each role gets. Whoever has left is signed out, and so is sent to the sign-in like anybody."""
    return {
        "anonymous": anonymous, "alice": alice, "bob": bob, "charlie": charlie, "pat": pat, "dana": dana,
        "eve": anonymous,
    }  # fmt: skip


EVERYBODY = who(anonymous=200)
SIGNED_IN = who()
EMPLOYEES = who(pat=403)
HR = who(alice=403, bob=403, charlie=403, pat=403)
ALICE = who(bob=404, charlie=404, pat=404, dana=404)  # her own, seen by nobody else, HR included
PAIR = who(charlie=404, pat=404, dana=404)  # between the two, HR excluded
PAIR_AND_HR = who(charlie=404, pat=404)


# Open to anybody, and leading on to another page.
LEADING_ON = {"theme", "invitation-accept"}


def posted(expected: Mapping[str, int], to: int = 302) -> Mapping[str, int]:
    """The same people may post it, and are led on."""
    return {role: to if status == 200 else status for role, status in expected.items()}


@dataclass
class World:
    """What the rows are about: each thing by its name, for `args` and `data` to reach."""

    people: dict[str, Person]
    things: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.things[name] if name in self.things else self.people[name]
        except KeyError:
            raise AttributeError(name) from None


def nothing(world: World) -> list[Any]:
    return []


@dataclass(frozen=True)
class Row:
    """One address, one method, and the status for each role. A row that posts says so with its data."""

    name: str
    expected: Mapping[str, int]
    args: Callable[[World], list[Any]] = nothing
    query: Callable[[World], dict[str, Any]] | None = None
    post: Callable[[World], dict[str, Any]] | None = None
    queries: int = 25  # the most that it may ask; a page never more

    @property
    def behind_sign_in(self) -> bool:
        """Those who are not signed in are led to the sign-in."""
        return self.expected["anonymous"] == 302 and self.name not in LEADING_ON

    @property
    def method(self) -> str:
        return "get" if self.post is None else "post"


def addresses() -> set[str]:
    """The name of every address of the site, but the admin's, which asks for `is_staff` by itself."""
    return {name for pattern in get_resolver().url_patterns for name in _names(pattern)}


def _names(pattern: URLPattern | URLResolver) -> list[str]:
    if isinstance(pattern, URLResolver):
        if pattern.namespace == "admin":
            return []
        return [name for part in pattern.url_patterns for name in _names(part)]
    assert pattern.name, f"{pattern.pattern} has no name"
    return [pattern.name]
