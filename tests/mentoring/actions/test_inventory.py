import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from mentoring.actions import inventory
from mentoring.models import AuditEntry, Skill, SkillOffer, SkillWish
from tests.builders import make_alice, make_offer, make_skill, make_wish

pytestmark = pytest.mark.django_db


def audit() -> list[tuple[str, dict[str, object]]]:
    return [(entry.action, entry.changes) for entry in AuditEntry.objects.order_by("pk")]


def test_offering_a_skill_twice_makes_one_line_with_the_later_words() -> None:
    alice, skill = make_alice(), make_skill()

    inventory.set_offer(alice, skill, level=3)
    offer = inventory.set_offer(alice, skill, level=4, learned="On the job", used="Ran our channel")

    assert SkillOffer.objects.get() == offer
    assert (offer.level, offer.learned, offer.used) == (4, "On the job", "Ran our channel")
    assert audit() == [("offer.set", {"level": [None, 3]}), ("offer.set", {"level": [3, 4]})]


def test_an_offer_is_removed_with_a_record() -> None:
    alice = make_alice()
    offer = make_offer(person=alice)

    inventory.remove_offer(offer)

    assert not SkillOffer.objects.exists()
    assert AuditEntry.objects.get().by == alice


def test_wishing_twice_makes_one_line() -> None:
    alice, skill = make_alice(), make_skill()

    inventory.set_wish(alice, skill, priority=2, present=0, wanted=3)
    wish = inventory.set_wish(alice, skill, priority=1, present=1, wanted=4)

    assert SkillWish.objects.get() == wish
    assert (wish.priority, wish.present, wish.wanted) == (1, 1, 4)
    assert audit()[1] == ("wish.set", {"priority": [2, 1], "present": [0, 1], "wanted": [3, 4]})


def test_a_wish_wants_more_than_there_is() -> None:
    with pytest.raises(ValidationError, match="above where you are now") as refusal:
        inventory.set_wish(make_alice(), make_skill(), priority=2, present=3, wanted=3)
    assert list(refusal.value.message_dict) == ["wanted"]


def test_a_wish_is_removed_with_a_record() -> None:
    wish = make_wish(person=make_alice())

    inventory.remove_wish(wish)

    assert not SkillWish.objects.exists()
    assert AuditEntry.objects.get().action == "wish.removed"


def test_a_skill_that_was_merged_meanwhile_is_offered_under_its_new_name() -> None:
    alice, kept = make_alice(), make_skill(name="Knitting")
    gone = make_skill(name="Knitwear", status=Skill.Status.MERGED, merged_into=kept)

    assert inventory.set_offer(alice, gone, level=3).skill == kept


def test_a_skill_that_hr_did_not_take_up_is_not_offered() -> None:
    with pytest.raises(ValidationError, match="did not take"):
        inventory.set_offer(make_alice(), make_skill(name="Napping", status=Skill.Status.DECLINED), level=3)


def test_a_level_beyond_the_scale_never_reaches_the_database() -> None:
    with pytest.raises(IntegrityError):
        inventory.set_offer(make_alice(), make_skill(), level=6)
