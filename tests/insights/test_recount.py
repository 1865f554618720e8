"""The dashboard's figures equal a plain recount in Python, whatever the filter."""

import pytest

from insights.actions.refresh import refresh
from insights.figures.catalog import FIGURES, Kind
from insights.figures.selection import Selection
from insights.figures.values import values_of
from mentoring.models import Department, Programme, Site
from tests.insights.history import NOW, make_history
from tests.insights.recount import Recount

pytestmark = pytest.mark.django_db


def shown(chosen: Selection, *, private: bool) -> dict[str, float | None]:
    figures = [f for f in FIGURES if f.private is private and f.kind != Kind.PARTS]
    return {value.figure.slug: value.whole.number for value in values_of(figures, chosen)}


def recounted(recount: Recount, names: dict[str, float | None]) -> dict[str, object]:
    return {name: pytest.approx(getattr(recount, name.replace("-", "_"))()) for name in names}


@pytest.fixture
def programme() -> Programme:
    made = make_history(seed=7)
    refresh(made, NOW)
    return made


def test_all_figures_equal_a_plain_recount(programme: Programme) -> None:
    everybody = Recount(lambda person: True)

    counted = shown(Selection(programmes=[programme.pk]), private=False)
    published = shown(Selection(), private=True)

    assert counted == recounted(everybody, counted)
    assert published == recounted(everybody, published)
    assert None not in {**counted, **published}.values()


@pytest.mark.parametrize("by", ["department", "site", "both"])
def test_figures_under_a_filter_equal_a_plain_recount(programme: Programme, by: str) -> None:
    department, site = Department.objects.get(name="Sales"), Site.objects.get(name="Leeds")
    chosen = Selection(department=department.pk if by != "site" else None, site=site.pk if by != "department" else None)
    those = Recount(
        lambda person: (by == "site" or person.department == department) and (by == "department" or person.site == site)
    )

    counted = shown(chosen, private=False)

    assert counted == recounted(those, counted)


def test_counting_twice_changes_nothing(programme: Programme) -> None:
    before = shown(Selection(), private=False), shown(Selection(), private=True)

    refresh(programme, NOW)

    assert (shown(Selection(), private=False), shown(Selection(), private=True)) == before


def test_over_several_programmes_figures_add_up(programme: Programme) -> None:
    refresh(make_history(seed=8, pairs=6), NOW)

    both = shown(Selection(), private=False)

    assert both == recounted(Recount(lambda person: True), both)
