"""HR chooses another partner for one of two suggested people."""

import pytest
from django.core.exceptions import ValidationError

from matching.actions.suggestions import reject
from matching.actions.swaps import CHANGED, IMPOSSIBLE, swap
from matching.choices import Choice, choices_for
from matching.models import Suggestion
from mentoring.models import AuditEntry, Person, Programme, Role, TransitionError
from tests.builders import (
    make_dana,
    make_enrolment,
    make_offer,
    make_person,
    make_programme,
    make_rather_not,
    make_request,
    make_suggestion,
    make_wish,
)

pytestmark = pytest.mark.django_db
Status = Suggestion.Status


def make_mentor(programme: Programme, name: str, *, level: int = 4) -> Person:
    person = make_person(name=name, level=2)
    make_offer(person=person, level=level)
    make_enrolment(person=person, programme=programme, mentor_capacity=1, mentee_capacity=0)
    return person


def make_mentee(programme: Programme, name: str, *, grade: int = 7) -> Person:
    person = make_person(name=name, level=grade, department="Finance")
    make_wish(person=person)
    make_enrolment(person=person, programme=programme, mentor_capacity=0, mentee_capacity=1)
    return person


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def ann_and_bo(programme: Programme) -> Suggestion:
    """Ann could mentor Bo."""
    return make_suggestion(
        programme=programme, mentor=make_mentor(programme, "Ann"), mentee=make_mentee(programme, "Bo")
    )


def names(choices: list[Choice]) -> list[str]:
    return [choice.partner.name for choice in choices]


def waiting() -> set[str]:
    return set(map(str, Suggestion.objects.proposed()))


def test_who_has_a_free_place_and_fits_can_be_chosen_the_best_first(
    programme: Programme, ann_and_bo: Suggestion
) -> None:
    make_mentor(programme, "Cleo", level=3)
    make_mentor(programme, "Dov", level=5)
    make_mentor(programme, "Too low", level=1)
    make_mentee(programme, "No mentor")

    choices = choices_for(ann_and_bo, keep=Role.MENTEE)

    assert names(choices) == ["Dov", "Cleo"]
    assert choices[0].score > choices[1].score
    assert choices[0].reasons
    assert choices[0].instead_of is None


def test_rules_keep_people_out_of_the_choice(programme: Programme, ann_and_bo: Suggestion) -> None:
    make_mentee(programme, "Too junior", grade=2)
    make_mentee(programme, "Fits", grade=6)

    assert names(choices_for(ann_and_bo, keep=Role.MENTOR)) == ["Fits"]


@pytest.mark.parametrize("is_mentors_list", [True, False])
def test_who_would_rather_not_is_not_among_the_choices(
    is_mentors_list: bool, programme: Programme, ann_and_bo: Suggestion
) -> None:
    cleo = make_mentor(programme, "Cleo")
    one, other = (cleo, ann_and_bo.mentee) if is_mentors_list else (ann_and_bo.mentee, cleo)
    make_rather_not(person=one, others=[other])

    assert choices_for(ann_and_bo, keep=Role.MENTEE) == []
    with pytest.raises(ValidationError, match=IMPOSSIBLE):
        swap(ann_and_bo, keep=Role.MENTEE, partner=cleo, by=make_dana())


def test_a_swap_suggests_the_new_two_and_withdraws_the_old(programme: Programme, ann_and_bo: Suggestion) -> None:
    dana, cleo = make_dana(), make_mentor(programme, "Cleo")

    [made] = swap(ann_and_bo, keep=Role.MENTEE, partner=cleo, by=dana)

    ann_and_bo.refresh_from_db()
    assert (ann_and_bo.status, ann_and_bo.decided_by) == (Status.REPLACED, dana)
    assert (made.mentor, made.mentee, made.origin, made.status) == (cleo, ann_and_bo.mentee, "hr", Status.PROPOSED)
    assert made.skill == ann_and_bo.skill
    assert made.score == sum(criterion["points"] for criterion in made.criteria) > 0
    assert list(AuditEntry.objects.order_by("pk").values_list("action", "object_name")) == [
        ("suggestion.replaced", "Ann and Bo"),
        ("suggestion.made", "Cleo and Bo"),
    ]


def test_two_suggestions_exchange_their_partners(programme: Programme, ann_and_bo: Suggestion) -> None:
    other = make_suggestion(
        programme=programme, mentor=make_mentor(programme, "Cleo"), mentee=make_mentee(programme, "Dov"), score=50
    )

    [choice] = choices_for(ann_and_bo, keep=Role.MENTEE)
    swap(ann_and_bo, keep=Role.MENTEE, partner=other.mentor, by=make_dana(), instead_of=other.pk)

    assert (choice.instead_of, choice.left_over) == (other, other.mentee)
    assert choice.others_score is not None
    assert waiting() == {"Cleo and Bo", "Ann and Dov"}


def test_who_cannot_be_put_together_in_turn_is_left_over(programme: Programme, ann_and_bo: Suggestion) -> None:
    cleo, dov = make_mentor(programme, "Cleo"), make_mentee(programme, "Dov")
    other = make_suggestion(programme=programme, mentor=cleo, mentee=dov)
    make_rather_not(person=dov, others=[ann_and_bo.mentor])

    [choice] = choices_for(ann_and_bo, keep=Role.MENTEE)
    swap(ann_and_bo, keep=Role.MENTEE, partner=cleo, by=make_dana(), instead_of=other.pk)

    assert (choice.left_over, choice.others_score) == (dov, None)
    assert waiting() == {"Cleo and Bo"}


def test_what_two_people_asked_for_is_not_taken_from_them(programme: Programme, ann_and_bo: Suggestion) -> None:
    cleo, dov = make_mentor(programme, "Cleo"), make_mentee(programme, "Dov")
    make_request(asked_by=cleo, asked=dov, programme=programme, status=Status.PROPOSED)

    assert choices_for(ann_and_bo, keep=Role.MENTEE) == []


def test_a_swap_of_what_was_decided_meanwhile_changes_nothing(programme: Programme, ann_and_bo: Suggestion) -> None:
    dana, cleo = make_dana(), make_mentor(programme, "Cleo")
    reject(ann_and_bo, by=dana)

    with pytest.raises(TransitionError, match=CHANGED):
        swap(ann_and_bo, keep=Role.MENTEE, partner=cleo, by=dana)
    assert waiting() == set()


def test_a_swap_that_would_take_more_than_the_page_said_changes_nothing(
    programme: Programme, ann_and_bo: Suggestion
) -> None:
    """Cleo was free when HR looked; now she is suggested with Dov."""
    cleo = make_mentor(programme, "Cleo")
    make_suggestion(programme=programme, mentor=cleo, mentee=make_mentee(programme, "Dov"))

    with pytest.raises(TransitionError, match=CHANGED):
        swap(ann_and_bo, keep=Role.MENTEE, partner=cleo, by=make_dana())
    assert waiting() == {"Ann and Bo", "Cleo and Dov"}


def test_somebody_who_breaks_a_rule_cannot_be_chosen_by_hand(programme: Programme, ann_and_bo: Suggestion) -> None:
    with pytest.raises(ValidationError, match=IMPOSSIBLE):
        swap(ann_and_bo, keep=Role.MENTOR, partner=make_mentee(programme, "Peer", grade=2), by=make_dana())
    with pytest.raises(ValidationError, match=IMPOSSIBLE):
        swap(ann_and_bo, keep=Role.MENTOR, partner=ann_and_bo.mentee, by=make_dana())
    assert waiting() == {"Ann and Bo"}
