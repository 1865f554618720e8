"""HR chooses another partner for one of two suggested people."""

import pytest
from django.core.exceptions import ValidationError

from matching.actions.suggestions import reject
from matching.actions.swaps import CHANGED, IMPOSSIBLE, swap
from matching.choices import choices_for
from matching.models import Suggestion
from mentoring.models import AuditEntry, Programme, Role, TransitionError
from tests.builders import make_dana, make_suggestion
from tests.matching.people import make_mentee, make_mentor

pytestmark = pytest.mark.django_db
Status = Suggestion.Status


def waiting() -> set[str]:
    return set(map(str, Suggestion.objects.proposed()))


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

    [choice] = choices_for(ann_and_bo)[Role.MENTEE]
    swap(ann_and_bo, keep=Role.MENTEE, partner=other.mentor, by=make_dana(), instead_of=other.pk)

    assert (choice.instead_of, choice.left_over) == (other, other.mentee)
    assert choice.others_score is not None
    assert waiting() == {"Cleo and Bo", "Ann and Dov"}


def test_who_cannot_be_put_together_in_turn_is_left_over(programme: Programme, ann_and_bo: Suggestion) -> None:
    """Dov is of Ann's grade."""
    cleo, dov = make_mentor(programme, "Cleo"), make_mentee(programme, "Dov", grade=2)
    other = make_suggestion(programme=programme, mentor=cleo, mentee=dov)

    [choice] = choices_for(ann_and_bo)[Role.MENTEE]
    swap(ann_and_bo, keep=Role.MENTEE, partner=cleo, by=make_dana(), instead_of=other.pk)

    assert (choice.left_over, choice.others_score) == (dov, None)
    assert waiting() == {"Cleo and Bo"}


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
