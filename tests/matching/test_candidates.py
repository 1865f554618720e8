"""What the engine is told of a programme."""

import datetime as dt
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from matching.candidates import gather, policy_of
from mentoring.models import Person, Programme, Skill
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_enrolment,
    make_offer,
    make_pair,
    make_person,
    make_programme,
    make_rather_not,
    make_request,
    make_skill,
    make_suggestion,
    make_wish,
)

pytestmark = pytest.mark.django_db


def couples(programme: Programme, table: str) -> list[tuple[str, ...]]:
    """A table of the columns with the names of its people."""
    people = gather(programme).people
    return [tuple(people.names[row] for row in line[:2]) for line in getattr(people, table).tolist()]


def trait(programme: Programme, person: Person, name: str) -> Any:
    found = gather(programme)
    return getattr(found.people, name)[found.row_of[person.pk]]


def test_everybody_enrolled_is_told_of_with_what_they_asked_for() -> None:
    programme, alice, bob = make_programme(), make_alice(), make_bob()
    make_enrolment(person=alice, programme=programme, mentor_capacity=3, mentee_capacity=0)
    make_enrolment(person=bob, programme=programme, mentor_capacity=0, mentee_capacity=2)
    make_charlie()

    people = gather(programme).people

    assert list(people.names) == ["Alice", "Bob"]
    assert people.mentor_capacity.tolist() == [3, 0]
    assert people.mentee_capacity.tolist() == [0, 2]
    assert people.grades.tolist() == [2, 7]


def test_who_has_withdrawn_or_left_is_not_told_of() -> None:
    programme = make_programme()
    make_enrolment(person=make_alice(left_on=dt.date(2026, 1, 1)), programme=programme)
    withdrawn = make_enrolment(person=make_bob(), programme=programme)
    withdrawn.status = "withdrawn"
    withdrawn.save()

    assert list(gather(programme).people.names) == []


def test_those_above_in_the_reporting_tree_come_along_without_asking_for_anything() -> None:
    programme, boss = make_programme(), make_dana()
    alice = make_alice(manager=make_charlie(manager=boss))
    make_enrolment(person=alice, programme=programme)

    people = gather(programme).people

    assert set(people.names) == {"Alice", "Charlie", "Dana"}
    above = {people.names[row]: manager for row, manager in enumerate(people.managers.tolist())}
    assert (people.names[above["Alice"]], people.names[above["Charlie"]], above["Dana"]) == ("Charlie", "Dana", -1)
    assert people.mentor_capacity.sum() == 1


def test_offers_and_wishes_of_accepted_skills_are_told() -> None:
    programme, alice = make_programme(), make_alice()
    make_enrolment(person=alice, programme=programme)
    make_offer(person=alice, skill=make_skill(name="Video"), level=5)
    make_offer(person=alice, skill=make_skill(name="Rumour", status=Skill.Status.PROPOSED))
    make_wish(person=alice, skill=make_skill(name="Budgets"), priority=2, present=1, wanted=4)

    found = gather(programme)

    assert list(found.people.skill_names) == ["Budgets", "Video"]
    assert found.people.offers.tolist() == [[0, 1, 5]]
    assert found.people.wishes.tolist() == [[0, 0, 2, 1, 4]]
    assert found.skill_id(1) == Skill.objects.get(name="Video").pk


def test_hours_zones_languages_and_channels_are_told() -> None:
    programme = make_programme(starts_on=dt.date(2030, 7, 1), ends_on=dt.date(2030, 12, 1))
    alice = make_alice(
        time_zone="Europe/Berlin", work_starts=dt.time(8, 30), work_ends=dt.time(16), working_days=[1, 2, 4],
        languages=["en", "de"], channels=["chat", "in_person"],
    )  # fmt: skip
    make_enrolment(person=alice, programme=programme)

    people = gather(programme).people

    assert (people.utc_offsets[0], people.work_starts[0], people.work_ends[0]) == (120, 510, 960)
    assert people.work_days[0] == 0b1011
    assert [people.language_names[n] for _, n in people.languages.tolist()] == ["English", "German"]
    assert [people.channel_names[n] for n in people.channels[0] if n >= 0] == ["chat", "in_person"]


def test_an_open_pair_is_fixed_and_keeps_its_places() -> None:
    programme, alice, bob = make_programme(), make_alice(), make_bob()
    make_pair(mentor=alice, mentee=bob, programme=programme, status="asking_junior")
    make_enrolment(person=make_charlie(), programme=programme)

    assert couples(programme, "fixed") == [("Alice", "Bob")]
    assert couples(programme, "past") == []


def test_the_places_of_a_pair_outlive_a_withdrawn_enrolment_and_no_more() -> None:
    programme, alice = make_programme(), make_alice()
    make_enrolment(person=alice, programme=programme, mentor_capacity=3)
    make_pair(mentor=alice, mentee=make_bob(), programme=programme)
    programme.enrolments.filter(person=alice).update(status="withdrawn")

    assert trait(programme, alice, "mentor_capacity") == 1
    assert trait(programme, alice, "mentee_capacity") == 0


@pytest.mark.parametrize("status", ["active", "completed", "ended", "declined", "expired"])
def test_who_was_paired_or_asked_before_is_a_past_partner(status: str) -> None:
    programme, alice, bob = make_programme(), make_alice(), make_bob()
    make_pair(mentor=alice, mentee=bob, programme=make_programme(), status=status)
    for person in (alice, bob):
        make_enrolment(person=person, programme=programme)

    assert couples(programme, "past") == [("Alice", "Bob")]


def test_an_invitation_that_hr_took_back_makes_no_past_partners() -> None:
    programme, pair = make_programme(), make_pair(status="withdrawn")
    for person in pair.people:
        make_enrolment(person=person, programme=programme)

    assert couples(programme, "past") == []


def test_the_private_list_is_told_to_the_engine_alone() -> None:
    programme, alice, bob = make_programme(), make_alice(), make_bob()
    for person in (alice, bob):
        make_enrolment(person=person, programme=programme)
    make_rather_not(person=bob, others=[alice, make_charlie()])

    assert couples(programme, "rather_not") == [("Bob", "Alice")]
    assert couples(programme, "forbidden") == []


def test_a_private_no_to_a_request_is_kept_like_the_private_list() -> None:
    request = make_request(status="declined")

    assert couples(request.programme, "rather_not") == [("Alice", "Bob")]
    assert couples(request.programme, "forbidden") == couples(request.programme, "past") == []


def test_a_rejected_suggestion_is_forbidden_in_its_own_programme() -> None:
    rejected = make_suggestion(status="rejected")
    other = make_programme()
    for person in (rejected.mentor, rejected.mentee):
        make_enrolment(person=person, programme=other)

    assert couples(rejected.programme, "forbidden") == [("Alice", "Bob")]
    assert couples(other, "forbidden") == []


def test_a_suggestion_of_the_run_before_is_preferred_but_not_fixed() -> None:
    programme = make_suggestion().programme

    assert couples(programme, "previous") == [("Alice", "Bob")]
    assert couples(programme, "fixed") == []


def test_what_two_people_asked_for_keeps_its_places_while_hr_decides() -> None:
    request = make_request(status="proposed")

    assert couples(request.programme, "fixed") == [("Alice", "Bob")]


def test_what_has_no_places_left_is_kept_apart_from_the_run() -> None:
    programme, alice = make_programme(), make_alice()
    make_pair(mentor=alice, mentee=make_charlie(), programme=programme)
    make_request(asked_by=alice, programme=programme, status="proposed")

    assert couples(programme, "fixed") == [("Alice", "Charlie")]
    assert couples(programme, "running") == [("Alice", "Bob")]


def test_a_request_that_is_not_answered_yet_changes_nothing() -> None:
    request = make_request()

    assert [couples(request.programme, t) for t in ("fixed", "running", "forbidden", "rather_not")] == [[], [], [], []]


def test_only_some_people_can_be_asked_about() -> None:
    programme, alice, bob = make_programme(), make_alice(), make_bob()
    for person in (alice, bob, make_charlie()):
        make_enrolment(person=person, programme=programme)

    assert list(gather(programme, only=[alice.pk, bob.pk]).people.names) == ["Alice", "Bob"]


def test_a_partner_from_outside_is_approved_until_their_access_ends() -> None:
    programme = make_programme()
    ends = programme.starts_on
    now = make_person(name="Now", kind="partner", partner_until=ends)
    over = make_person(name="Over", kind="partner", partner_until=ends - dt.timedelta(days=1))
    for person in (now, over):
        make_enrolment(person=person, programme=programme)

    assert (trait(programme, now, "external"), trait(programme, now, "approved")) == (True, True)
    assert (trait(programme, over, "external"), trait(programme, over, "approved")) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_people(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = make_programme()
    for _ in range(count):
        suggestion = make_suggestion(programme=programme, mentor=make_person(), mentee=make_person())
        make_offer(person=suggestion.mentor)
        make_wish(person=suggestion.mentee)
        make_rather_not(person=suggestion.mentor, others=[suggestion.mentee])

    with django_assert_num_queries(11):
        gather(programme)


def test_rules_that_hr_switched_off_are_off() -> None:
    relaxed = policy_of(make_programme(apply_grade_gap=False, no_reporting_line=False, min_overlap_hours=0))
    strict = policy_of(make_programme(min_grade_gap=2, reporting_line_levels=4, min_offer_level=3, weight_bridge=9))

    assert (relaxed.grade_gap, relaxed.reporting_line, relaxed.overlap_hours) == (None, None, None)
    assert (strict.grade_gap, strict.reporting_line, strict.overlap_hours, strict.offer_level) == (2, 4, 2, 3)
    assert strict.weights["bridge"] == 9
