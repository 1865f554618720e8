"""May this user …? One short function for each question, and the decorators that views put them to.

What a user may not know of is 404, through `visible_to`; what they may know of but not do is 403, from here.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from mentoring.models import Pair, Person, Programme, User

P = ParamSpec("P")


class PersonRequest(HttpRequest):
    """A request behind the sign-in: its user is an account, with its person loaded."""

    user: User


View = Callable[Concatenate[PersonRequest, P], HttpResponseBase]


def hr_required(view: View[P]) -> View[P]:
    """For HR alone; 403 for everybody else."""
    return _required(view, lambda user: user.is_hr)


def employee_required(view: View[P]) -> View[P]:
    """For the company's own people; 403 for partners from outside, who see nothing of the company but their pair."""
    return _required(view, is_colleague)


def improvement_required(view: View[P]) -> View[P]:
    """For those who may log what they changed; 403 for everybody else."""
    return _required(view, may_log_improvement)


def _required(view: View[P], allowed: Callable[[User], bool]) -> View[P]:
    @wraps(view)
    def wrapper(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not allowed(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapper


def is_colleague(user: User) -> bool:
    """Works in the company, and so may look around in it."""
    return user.is_hr or user.person.kind == Person.Kind.EMPLOYEE


def may_edit_profile(user: User, person: Person) -> bool:
    """Their own; HR may correct anybody's."""
    return user.is_hr or user.pk == person.pk


def may_mark_as_left(user: User, person: Person) -> bool:
    """HR, but nobody locks themselves out."""
    return user.is_hr and user.pk != person.pk and not person.has_left


def may_change_hr_role(user: User, person: Person) -> bool:
    """HR, for those who are here; nobody takes the role from themselves, so that one HR person is always left."""
    return user.is_hr and user.pk != person.pk and not person.has_left and person.kind == Person.Kind.EMPLOYEE


def may_ask_for_pair(user: User, person: Person) -> bool:
    """Colleagues who are both here."""
    return is_colleague(user) and user.pk != person.pk and not person.has_left


def may_ask_quick_question(user: User, person: Person) -> bool:
    """Colleagues, of somebody who is open to it."""
    return may_ask_for_pair(user, person) and person.open_to_quick_questions


def is_company_address(email: str) -> bool:
    return email.rpartition("@")[2].lower() in settings.COMPANY_EMAIL_DOMAINS


def sign_up_is_by_invitation_only() -> bool:
    """In production, where the company has named no e-mail domain of its own."""
    return settings.PRODUCTION and not settings.COMPANY_EMAIL_DOMAINS


def may_sign_up(email: str) -> bool:
    """Without an invitation."""
    return is_company_address(email) if settings.COMPANY_EMAIL_DOMAINS else not sign_up_is_by_invitation_only()


def is_in_pair(user: User, pair: Pair) -> bool:
    """One of the two: HR knows of every pair, but what happens in it is theirs."""
    return user.pk in (pair.mentor_id, pair.mentee_id)


def may_enrol(user: User, programme: Programme) -> bool:
    """Those for whom HR meant it and who are here, while the programme is open for it."""
    return not user.person.has_left and programme.is_open_for_enrolment and programme.is_for(user.person)


def may_log_improvement(user: User) -> bool:
    """HR, and colleagues who have been the senior of a pair: what they heard there they could change."""
    if user.is_hr:
        return True
    return is_colleague(user) and Pair.objects.of(user.pk).started().exclude(junior=user.pk).exists()
