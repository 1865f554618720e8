"""This app's panels for the home page: data in, named records out."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Count, QuerySet
from django.urls import reverse

from matching.models import Suggestion
from mentoring.dashboard.mine import ListOf, Mine
from mentoring.models import Enrolment, Person, Programme
from mentoring.panels import NextStep
from mentoring.prepared import KEY, KEYS, prepared
from mentoring.seldom import seldom_counted

Status = Suggestion.Status


def _asked(person: int) -> QuerySet[Suggestion]:
    return Suggestion.objects.asked().filter(asked=person).order_by()


_ASKED = prepared(lambda person: _asked(person).values_list("pk")[:1], KEY)
HOME_LISTS: dict[str, ListOf] = {"asked": lambda person, now: _asked(person)}

_LAUNCHED = prepared(lambda: Programme.objects.filter(status=Programme.Status.LAUNCHED).values_list("pk", "name"))
_WAITING = prepared(
    lambda: Suggestion.objects.proposed().order_by().values("programme").values_list("programme", Count("pk"))
)
_FIRST_IN_LINE = prepared(
    lambda programmes: (
        Enrolment.objects.enrolled()
        .filter(programme__among=programmes, comes_first=True)
        .order_by()
        .values("programme")
        .values_list("programme", Count("pk"))
    ),
    KEYS,
)


def home_panels(person: Person, now: dt.datetime, mine: Mine | None = None) -> list[NextStep]:
    may_be_asked = mine is None or mine.may_have("asked")
    steps = _requests_to_answer(person) if may_be_asked and _ASKED(person.pk) else []
    return steps + _waiting_for_hr() if person.user.is_hr else steps


def _requests_to_answer(person: Person) -> list[NextStep]:
    asked = Suggestion.objects.visible_to(person.user).asked().filter(asked=person)
    return [
        NextStep(
            title=f"{request.asked_by} asks you",
            sentence=f"Would you like to {'share' if request.mentor_id == person.pk else 'learn'} {request.skill}? "
            "Your answer is private.",
            url=reverse("request-detail", args=[request.pk]),
            button="Answer",
            icon="hand-helping",
            urgency=10,
        )
        for request in asked.select_related("asked_by", "skill").order_by("answer_by")
    ]


def waiting() -> Mapping[str, int]:
    """How many suggestions wait for HR, by the key of their programme; of more than COUNTED as of a minute ago at the
    earliest.
    """
    return seldom_counted("suggestions:waiting", lambda: {str(programme): n for programme, n in _WAITING()})


def _waiting_for_hr() -> list[NextStep]:
    """Suggestions to decide on; and who would like a new pair at once, while no run has suggested anybody."""
    suggested, launched = waiting(), _LAUNCHED()
    idle = [pk for pk, _ in launched if str(pk) not in suggested]
    first = dict(_FIRST_IN_LINE(idle)) if idle else {}
    steps = []
    for pk, name in launched:
        if n := suggested.get(str(pk)):
            steps.append(_to_decide(pk, name, n))
        elif n := first.get(pk):
            steps.append(_first_in_line(pk, name, n))
    return steps


def _to_decide(pk: int, name: str, n: int) -> NextStep:
    return NextStep(
        title=f"{n} suggestion{'' if n == 1 else 's'} to decide on",
        sentence=f"In {name}. The people in them are asked once you approve.",
        url=reverse("approval", args=[pk]), button="Decide", icon="list-checks", urgency=20,
    )  # fmt: skip


def _first_in_line(pk: int, name: str, n: int) -> NextStep:
    return NextStep(
        title=f"{n} {'person' if n == 1 else 'people'} would like a new pair",
        sentence=f"In {name}. They come first in the next matching run.",
        url=reverse("programme-detail", args=[pk]), button="Run the matching", icon="shuffle", urgency=22,
    )  # fmt: skip


def where_it_stands(request: Suggestion, person: Person) -> str:
    """A request in a sentence for one of the two. To the one who asked, every "not available" reads the same."""
    other, is_asker = request.partner_of(person), request.asked_by_id == person.pk
    match request.status:
        case Status.ASKED if is_asker:
            return f"{other} has not answered yet. You hear from us as soon as there is an answer."
        case Status.ASKED:
            return f"{other} would like to be a pair with you."
        case Status.PROPOSED:
            return "Both of you said yes. HR has a look at it now."
        case Status.APPROVED:
            return "HR approved it, and the two of you begin."
        case Status.REJECTED:
            return "HR did not approve this pair. That says nothing about either of you."
        case Status.DECLINED if request.both_said_yes_at:
            return "One of you is not available any more, so this request has ended."
        case Status.DECLINED if is_asker:
            return f"{other} is not available. There are many reasons why that may be so."
        case Status.DECLINED:
            return "This request has ended."
    return "This request was taken back."
