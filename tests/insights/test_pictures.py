"""Pictures under a filter equal a plain recount, and leave out what comes from fewer than five people."""

from collections import Counter

import pytest

from insights.actions.refresh import refresh
from insights.blocks import FEWEST
from insights.figures.selection import Selection
from insights.pictures import balance_picture, departments_picture, flow_picture
from mentoring.models import Department, Pair, Person, Programme
from tests.builders import make_offer, make_skill, make_wish
from tests.insights.history import NOW, make_history, month_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    made = make_history(seed=11, pairs=40)
    people = list(Person.objects.filter(enrolments__programme=made).order_by("pk"))
    for person in people[:30]:
        make_wish(person=person, skill=make_skill(name="Sewing"))
    for person in people[30:60]:
        make_offer(person=person, skill=make_skill(name="Sewing"), level=5)
    refresh(made, NOW)
    return made


def ways(pairs: list[Pair]) -> Counter[tuple[str, str]]:
    return Counter((str(pair.mentor.department), str(pair.mentee.department)) for pair in pairs)


def shown(chosen: Selection) -> dict[tuple[str, str], int]:
    return {(str(a), str(b)): int(n) for a, b, n in departments_picture(chosen).rows}


def test_of_everybody_each_pair_counts_once(programme: Programme) -> None:
    pairs = list(Pair.objects.started().with_people())

    assert shown(Selection(programmes=[programme.pk])) == ways(pairs)


def test_under_a_filter_a_pair_counts_for_each_of_its_two_who_match(programme: Programme) -> None:
    sales = Department.objects.get(name="Sales")
    pairs = Pair.objects.started().with_people()
    sides = [pair for pair in pairs for person in pair.people if person.department == sales]

    found = shown(Selection(programmes=[programme.pk], department=sales.pk))

    assert found == {way: n for way, n in ways(sides).items() if n >= FEWEST}
    assert 0 < len(found) < len(ways(sides))  # something was too small


def test_of_some_months_pairs_of_fewer_than_five_people_are_left_out(programme: Programme) -> None:
    pairs = list(Pair.objects.started().with_people())
    month = Counter(month_of(pair.started_at) for pair in pairs).most_common(1)[0][0]  # type: ignore[arg-type]
    those = [pair for pair in pairs if month_of(pair.started_at) == month]  # type: ignore[arg-type]

    found = shown(Selection(programmes=[programme.pk], since=month, until=month))

    assert found == {way: n for way, n in ways(those).items() if 2 * n >= FEWEST}


def test_what_flows_and_what_is_wanted_follow_the_filter(programme: Programme) -> None:
    sales = Department.objects.get(name="Sales")
    chosen = Selection(programmes=[programme.pk], department=sales.pk)
    wanted = Person.objects.filter(department=sales, wishes__skill__name="Sewing").count()
    offered = Person.objects.filter(department=sales, offers__skill__name="Sewing").count()
    assert min(wanted, offered) >= FEWEST

    assert ["Sewing", str(wanted), str(offered)] in [list(row) for row in balance_picture(chosen).rows]
    whole = flow_picture(Selection(programmes=[programme.pk]))
    part = flow_picture(chosen)
    assert (
        0 < sum(int(n) for row in part.rows for n in row[1:]) < 2 * sum(int(n) for row in whole.rows for n in row[1:])
    )
