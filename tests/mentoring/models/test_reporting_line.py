from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from mentoring.models import Person, ReportingLine, User
from mentoring.models.reporting_line import _LEVELS, levels_between, lines_above
from tests.builders import make_person

pytestmark = pytest.mark.django_db


def make_line(*names: str) -> list[Person]:
    """Each reports to the one before."""
    people: list[Person] = []
    for name in names:
        people.append(make_person(name=name, manager=people[-1] if people else None))
    return people


def stored() -> dict[int, list[int]]:
    return {line.person_id: line.above for line in ReportingLine.objects.all()}


def recounted() -> dict[int, list[int]]:
    """The same, by walking up from each person."""
    managers = dict(Person.objects.values_list("pk", "manager"))
    lines: dict[int, list[int]] = {}
    for pk, manager in managers.items():
        while manager is not None:
            lines.setdefault(pk, []).append(manager)
            manager = managers[manager]
    return lines


def test_a_line_tells_who_stands_above_and_by_how_much() -> None:
    ann, ben, cleo = make_line("Ann", "Ben", "Cleo")

    assert (levels_between(ann.pk, cleo.pk), levels_between(ben.pk, cleo.pk)) == (2, 1)
    assert (levels_between(cleo.pk, ann.pk), levels_between(ann.pk, ann.pk)) == (None, None)
    assert lines_above([ann.pk, cleo.pk]) == {cleo.pk: [ben.pk, ann.pk]}
    assert set(ReportingLine.objects.below(ann).values_list("person", flat=True)) == {ben.pk, cleo.pk}


def test_a_move_takes_the_whole_team_along() -> None:
    ann, ben, cleo, dan = make_line("Ann", "Ben", "Cleo", "Dan")
    zoe = make_person(name="Zoe")

    cleo.manager = zoe
    cleo.save()

    assert stored() == recounted() == {ben.pk: [ann.pk], cleo.pk: [zoe.pk], dan.pk: [cleo.pk, zoe.pk]}


def test_many_moves_in_one_statement_are_one_new_tree() -> None:
    ann, ben, cleo, dan = make_line("Ann", "Ben", "Cleo", "Dan")
    ann.manager, ben.manager, cleo.manager, dan.manager = dan, cleo, None, cleo  # turned upside down

    Person.objects.bulk_update([ann, ben, cleo, dan], ["manager"])

    assert stored() == recounted()
    assert levels_between(cleo.pk, ann.pk) == 2


def test_whoever_goes_leaves_their_team_at_the_top() -> None:
    ben = make_line("Ann", "Ben", "Cleo")[1]

    User.objects.filter(pk=ben.pk).delete()

    assert stored() == recounted() == {}


@pytest.mark.parametrize("by", ["save", "bulk"])
def test_the_database_refuses_a_circle(by: str) -> None:
    ann, _, cleo = make_line("Ann", "Ben", "Cleo")
    ann.manager = cleo

    with pytest.raises(IntegrityError, match="report to themselves"), transaction.atomic():
        ann.save() if by == "save" else Person.objects.bulk_update([ann], ["manager"])

    assert stored() == recounted()


def test_the_question_is_one_query_by_an_index(django_assert_num_queries: Any) -> None:
    ann, ben = make_line("Ann", "Ben")
    users = User.objects.bulk_create(User(email=f"p{number}@x.example") for number in range(3000))
    Person.objects.bulk_create(Person(user=user, name="P", manager=ben) for user in users)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE mentoring_reportingline")
        cursor.execute("EXPLAIN " + _LEVELS, [ann.pk, ben.pk])
        plan = " ".join(line for (line,) in cursor.fetchall())
        cursor.execute("SET LOCAL enable_seqscan = off")  # the table is too small here to be worth an index
    below = ReportingLine.objects.below(ben.pk + 1).explain()

    with django_assert_num_queries(1):
        assert levels_between(ann.pk, ben.pk) == 1
    assert "Index Scan using mentoring_reportingline_pkey" in plan
    assert "reporting_line_above" in below
