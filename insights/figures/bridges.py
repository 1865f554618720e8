"""What a programme bridges: levels, departments and sites between the two of each pair."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Avg, Count, F, Max, Q
from django.db.models.functions import Abs

from mentoring.models import Pair, Programme


@dataclass(frozen=True)
class Bridges:
    """Of `pairs` that started: mean and widest number of `levels` between the two (None where no pair has grades),
    how many join two departments, two sites; `ways` as (mentor's department, mentee's department, pairs)."""

    pairs: int
    levels: float | None
    widest: int | None
    across_departments: int
    across_sites: int
    exchanges: int
    ways: list[tuple[str, str, int]]

    def share(self, part: int) -> int | None:
        return round(100 * part / self.pairs) if self.pairs else None

    @property
    def departments_share(self) -> int | None:
        return self.share(self.across_departments)

    @property
    def sites_share(self) -> int | None:
        return self.share(self.across_sites)

    @property
    def exchanges_share(self) -> int | None:
        return self.share(self.exchanges)

    @property
    def departments(self) -> list[str]:
        return sorted(_both(self.ways))


def _both(ways: Iterable[tuple[str, str, int]]) -> set[str]:
    return {name for mentor, mentee, _ in ways for name in (mentor, mentee)}


def bridges(programme: Programme) -> Bridges:
    """Counts each started pair once, as its people stand today."""
    pairs = Pair.objects.filter(programme=programme).started()
    figures = pairs.aggregate(
        pairs=Count("pk"),
        levels=Avg(Abs(F("mentee__grade__level") - F("mentor__grade__level"))),
        widest=Max(Abs(F("mentee__grade__level") - F("mentor__grade__level"))),
        across_departments=Count("pk", filter=~Q(mentor__department=F("mentee__department"))),
        across_sites=Count("pk", filter=~Q(mentor__site=F("mentee__site"))),
        exchanges=Count("pk", filter=Q(is_exchange=True)),
    )
    ways = (
        pairs.filter(mentor__department__isnull=False, mentee__department__isnull=False)
        .order_by()
        .values_list("mentor__department__name", "mentee__department__name")
        .annotate(n=Count("pk"))
    )
    return Bridges(**figures, ways=sorted(ways))
