"""The ways to go, by role."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from mentoring.models import Person, User

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Entry:
    name: str
    icon: str
    url: str
    is_here: bool = False


@dataclass(frozen=True, kw_only=True)
class Group:
    title: str
    entries: tuple[Entry, ...]


class Ways(tuple[T, ...]):
    """Ways to go, in a page that is drawn once: they follow from what `by` names."""

    by: tuple[object, ...]

    @classmethod
    def following(cls, ways: Iterable[T], *by: object) -> "Ways[T]":
        made = cls(ways)
        made.by = by
        return made

    def drawn_by(self) -> tuple[object, ...]:
        return self.by


HOME = ("Home", "house", "home")
MY_PAIRS = ("My pairs", "handshake", "pair-list")
EMPLOYEE = (
    HOME,
    MY_PAIRS,
    ("Programmes", "sprout", "programme-list"),
    ("Skills", "lightbulb", "skill-list"),
    ("People", "users", "person-list"),
    ("You said, we did", "ear", "improvement-list"),
)
PARTNER = (HOME, MY_PAIRS)
HR = (
    ("Dashboard", "chart-column", "dashboard"),
    ("Programmes", "sprout", "programme-list"),
    ("Approval", "clipboard-check", "approval-list"),
    ("Raised hands", "hand", "hand-desk"),
    ("People", "users", "hr-person-list"),
    ("Import people", "file-up", "import-list"),
    ("Changes around pairs", "git-branch", "pair-check-list"),
    ("Skills to review", "list-checks", "skill-review"),
    ("Outbox", "send", "outbox"),
    ("Audit", "scroll-text", "audit"),
)
PROFILE = (
    ("My profile", "user-round", "profile-edit"),
    ("My skills", "sparkles", "inventory"),
    ("SWOT worksheet", "layout-grid", "swot"),
    ("Communication quiz", "messages-square", "quiz"),
    ("My calendar", "calendar-sync", "calendar"),
    ("What reaches me", "bell-ring", "message-preferences"),
    ("Rather not", "shield", "rather-not"),
    ("Ask HR in private", "hand", "hand-list"),
    ("My data", "eye", "my-data"),
)
ACCOUNT = (
    ("E-mail address", "at-sign", "account_email"),
    ("Password", "key-round", "account_change_password"),
    ("Second factor", "smartphone", "mfa_index"),
    ("Where I am signed in", "monitor-smartphone", "usersessions_list"),
)
PARTNER_PROFILE = tuple(row for row in PROFILE if row[2] != "rather-not")  # which is about colleagues

# Pages whose address stands elsewhere than that of the entry they belong to.
BELONGS = {
    "approval": "approval-list",
    "approval-bulk": "approval-list",
    "bulk-detail": "approval-list",
    "run-detail": "approval-list",
    "suggestion-reject": "approval-list",
    "suggestion-swap": "approval-list",
    "suggestion-why": "approval-list",
}

Row = tuple[str, str, str]


@cache
def address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def account(request: HttpRequest) -> User | None:
    """Who is signed in; nobody where the request was refused before it got that far."""
    user = getattr(request, "user", None)
    return user if user and user.is_authenticated else None


def groups(request: HttpRequest) -> Ways[Group]:
    """The groups of the main navigation; the entry that the page belongs to is marked."""
    user = account(request)
    if user is None:
        return Ways.following((), None)
    found = _groups(user.person.kind, user.is_hr)
    return _marked_groups(user.person.kind, user.is_hr, _here([e for g in found for e in g.entries], _path(request)))


@cache
def _marked_groups(kind: str, is_hr: bool, here: Entry | None) -> Ways[Group]:
    marked = (replace(group, entries=_marked(group.entries, here)) for group in _groups(kind, is_hr))
    return Ways.following(marked, kind, is_hr, here and here.url)


def profile_menu(request: HttpRequest) -> Ways[Entry]:
    """What stands in the menu behind the avatar."""
    user = account(request)
    return Ways.following((), None) if user is None else _profile_menu(user.person.kind == Person.Kind.PARTNER)


@cache
def _profile_menu(is_partner: bool) -> Ways[Entry]:
    return Ways.following(_entries(PARTNER_PROFILE if is_partner else PROFILE) + _entries(ACCOUNT)[:1], is_partner)


def account_menu(request: HttpRequest) -> tuple[Entry, ...]:
    """The tabs of the account's own pages."""
    entries = _entries(ACCOUNT)
    return _marked(entries, _here(entries, request.path))


@cache
def _groups(kind: str, is_hr: bool) -> tuple[Group, ...]:
    if kind == Person.Kind.PARTNER:
        return (Group(title="", entries=_entries(PARTNER)),)
    if not is_hr:
        return (Group(title="", entries=_entries(EMPLOYEE)),)
    hr = _entries(HR)
    taken = {entry.name for entry in hr}  # HR's page of the same name shows all that the other shows, and more
    rest = tuple(entry for entry in _entries(EMPLOYEE) if entry.name not in taken)
    return tuple(group for group in (Group(title="", entries=rest), Group(title="HR", entries=hr)) if group.entries)


@cache
def _entries(rows: tuple[Row, ...]) -> tuple[Entry, ...]:
    found = [Entry(name=name, icon=icon, url=address(url_name)) for name, icon, url_name in rows]
    return tuple(entry for entry in found if entry.url)


def _marked(entries: tuple[Entry, ...], here: Entry | None) -> tuple[Entry, ...]:
    return tuple(replace(entry, is_here=True) if entry is here else entry for entry in entries)


def _path(request: HttpRequest) -> str:
    match = request.resolver_match
    return address(BELONGS[match.url_name]) if match and match.url_name in BELONGS else request.path


def _here(entries: Sequence[Entry], path: str) -> Entry | None:
    """The entry whose address the path starts with; the longest wins, and home is only itself."""
    under = [e for e in entries if path == e.url or (e.url != "/" and path.startswith(e.url))]
    namesake = next((e for e in entries if e.name == "People" and path.startswith(address("person-list"))), None)
    return max(under, key=lambda entry: len(entry.url), default=namesake)
