import pytest

from insights.figures import bridges
from tests.builders import make_alice, make_bob, make_pair, make_person, make_programme

pytestmark = pytest.mark.django_db


def test_bridges_count_levels_departments_and_sites_of_started_pairs() -> None:
    programme = make_programme()
    make_pair(programme=programme, mentor=make_alice(level=2), mentee=make_bob(level=8), is_exchange=True)
    make_pair(
        programme=programme,
        mentor=make_person(level=3, department="Sales", site="Berlin"),
        mentee=make_person(level=5, department="Sales", site="London"),
    )
    make_pair(programme=programme, mentor=make_person(level=1), mentee=make_person(level=9), status="asking_junior")

    found = bridges(programme)

    assert (found.pairs, found.levels, found.widest) == (2, 4.0, 6)
    assert (found.across_departments, found.across_sites, found.exchanges) == (1, 1, 1)
    assert found.ways == [("Marketing", "Finance", 1), ("Sales", "Sales", 1)]
    assert (found.departments_share, found.departments) == (50, ["Finance", "Marketing", "Sales"])


def test_bridges_of_no_pairs_are_none() -> None:
    found = bridges(make_programme())

    assert (found.pairs, found.levels, found.departments_share) == (0, None, None)
