"""Skills in demand against skills in supply, among the people of a programme."""

from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import Abs

from mentoring.models import Enrolment, Programme, Skill

SHOWN = 12


@dataclass(frozen=True)
class SkillBalance:
    """`wanted` by so many enrolled mentees, `highly` of them as highly desirable; `offered` by so many mentors."""

    skill: str
    wanted: int
    highly: int
    offered: int

    @property
    def gap(self) -> int:
        return self.wanted - self.offered


def skill_balance(programme: Programme, shown: int = SHOWN) -> list[SkillBalance]:
    """The skills most wanted, the widest gap first among equals. An offer counts from the programme's least level."""
    here = Enrolment.objects.filter(programme=programme).enrolled()
    mentees = here.filter(mentee_capacity__gt=0).values("person")
    mentors = here.filter(mentor_capacity__gt=0).values("person")
    wanted = Q(wishes__person__in=mentees)
    useful = Q(offers__person__in=mentors, offers__level__gte=programme.min_offer_level)
    rows = (
        Skill.objects.annotate(
            n_wanted=Count("wishes", filter=wanted, distinct=True),
            n_highly=Count("wishes", filter=wanted & Q(wishes__priority=1), distinct=True),
            n_offered=Count("offers", filter=useful, distinct=True),
        )
        .filter(n_wanted__gt=0)
        .order_by(F("n_wanted").desc(), Abs(F("n_wanted") - F("n_offered")).desc(), "name")
    )
    return [
        SkillBalance(name, wanted, highly, offered)
        for name, wanted, highly, offered in rows.values_list("name", "n_wanted", "n_highly", "n_offered")[:shown]
    ]
