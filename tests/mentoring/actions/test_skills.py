import pytest
from django.core.exceptions import ValidationError

from goals.models import Goal
from mentoring.actions import skills
from mentoring.models import AuditEntry, Skill, SkillOffer, SkillWish, SwotEntry, TransitionError
from notifications.models import Message
from tests.builders import make_alice, make_bob, make_dana, make_offer, make_pair, make_skill, make_wish

pytestmark = pytest.mark.django_db


def make_proposal(*, name: str = "Beekeeping", **fields: object) -> Skill:
    return make_skill(name=name, status=Skill.Status.PROPOSED, **fields)


def test_a_proposal_waits_for_hr_with_a_record() -> None:
    alice, category = make_alice(), make_skill().category

    skill = skills.propose("Beekeeping", category=category, by=alice)

    assert (skill.status, skill.proposed_by, skill.category) == ("proposed", alice, category)
    assert AuditEntry.objects.get().action == "skill.proposed"


def test_proposing_what_is_there_already_finds_it_whatever_its_case() -> None:
    alice, there = make_alice(), make_skill(name="Beekeeping")

    assert skills.propose("BEEKEEPING", category=there.category, by=alice) == there
    assert not AuditEntry.objects.exists()


def test_proposing_what_was_merged_finds_where_it_went() -> None:
    kept = make_skill(name="Beekeeping")
    make_skill(name="Apiculture", status=Skill.Status.MERGED, merged_into=kept)

    assert skills.propose("Apiculture", category=kept.category, by=make_alice()) == kept


def test_proposing_what_hr_did_not_take_up_says_so() -> None:
    gone = make_skill(name="Napping", status=Skill.Status.DECLINED)

    with pytest.raises(ValidationError, match="did not take it up"):
        skills.propose("napping", category=gone.category, by=make_alice())


def test_accepting_puts_it_into_the_list_as_hr_words_it_and_thanks_the_proposer() -> None:
    alice, dana = make_alice(), make_dana()
    skill = make_proposal(name="bee keeping", proposed_by=alice)
    category = make_skill(name="Chess", category="Games").category

    skill = skills.accept(skill, name="Beekeeping", category=category, description="Bees.", by=dana)

    assert (skill.status, skill.name, skill.description) == ("accepted", "Beekeeping", "Bees.")
    assert AuditEntry.objects.get().changes["name"] == ["bee keeping", "Beekeeping"]
    assert (Message.objects.get().recipient, Message.objects.get().kind) == (alice.user, "skill")


def test_accepting_under_a_name_that_is_taken_points_to_merging() -> None:
    make_skill(name="Beekeeping")
    skill = make_proposal(name="bee keeping")

    with pytest.raises(ValidationError, match="Merge this one"):
        skills.accept(skill, name="beekeeping", category=skill.category, description="", by=make_dana())


def test_what_was_accepted_by_a_colleague_is_not_accepted_twice() -> None:
    skill = make_skill()

    with pytest.raises(TransitionError, match="accepted"):
        skills.accept(skill, name=skill.name, category=skill.category, description="", by=make_dana())


def test_merging_moves_offers_and_wishes_and_keeps_the_name_as_another_word() -> None:
    alice, bob, dana = make_alice(), make_bob(), make_dana()
    gone, kept = make_proposal(proposed_by=alice), make_skill(name="Apiculture")
    make_offer(person=alice, skill=gone)
    make_wish(person=bob, skill=gone)

    skills.merge(gone, kept, by=dana)

    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (gone.status, gone.merged_into, kept.aliases) == ("merged", kept, ["Beekeeping"])
    assert (SkillOffer.objects.get().skill, SkillWish.objects.get().skill) == (kept, kept)
    assert AuditEntry.objects.get().changes == {"into": "Apiculture"}
    assert "Apiculture" in Message.objects.get().subject


def test_merging_joins_doubles_to_the_best_of_both() -> None:
    alice, gone, kept = make_alice(), make_proposal(), make_skill(name="Apiculture")
    make_offer(person=alice, skill=gone, level=5, learned="From my aunt", used="Twelve hives")
    make_offer(person=alice, skill=kept, level=3, learned="A course")
    make_wish(person=alice, skill=gone, priority=1, present=4, wanted=5)
    make_wish(person=alice, skill=kept, priority=3, present=0, wanted=3)

    skills.merge(gone, kept, by=make_dana())

    offer, wish = SkillOffer.objects.get(), SkillWish.objects.get()
    assert (offer.skill, offer.level, offer.learned, offer.used) == (kept, 5, "A course", "Twelve hives")
    assert (wish.skill, wish.priority, wish.present, wish.wanted) == (kept, 1, 4, 5)


def test_what_pointed_at_a_double_points_at_the_line_that_stays() -> None:
    alice, gone, kept = make_alice(), make_proposal(), make_skill(name="Apiculture")
    pair = make_pair(mentee=alice, mentor=make_bob())
    doubled, staying = make_wish(person=alice, skill=gone), make_wish(person=alice, skill=kept)
    goal = Goal.objects.create(pair=pair, learner=alice, wish=doubled, title="Keep bees")
    entry = SwotEntry.objects.create(person=alice, quadrant="weakness", text="bees", wish=doubled)

    skills.merge(gone, kept, by=make_dana())

    goal.refresh_from_db()
    entry.refresh_from_db()
    assert (goal.wish, entry.wish) == (staying, staying)


def test_a_skill_is_merged_into_another_that_is_in_the_list() -> None:
    dana, skill = make_dana(), make_proposal()

    with pytest.raises(ValidationError, match="another skill"):
        skills.merge(skill, skill, by=dana)
    with pytest.raises(ValidationError, match="in the list"):
        skills.merge(skill, make_proposal(name="Wasps"), by=dana)


def test_merging_twice_in_a_row_leads_to_the_last_one() -> None:
    dana, first = make_dana(), make_proposal()
    second, third = make_skill(name="Apiculture"), make_skill(name="Animal care")

    skills.merge(first, second, by=dana)
    skills.merge(second, third, by=dana)

    first.refresh_from_db()
    assert first.merged_into == third


def test_declining_clears_the_inventories_and_tells_the_proposer_why() -> None:
    alice, skill = make_alice(), make_proposal(proposed_by=make_bob())
    make_offer(person=alice, skill=skill)
    make_wish(person=alice, skill=skill)

    skills.decline(skill, by=make_dana(), because="It is a hobby.")

    skill.refresh_from_db()
    assert skill.status == "declined"
    assert not SkillOffer.objects.exists()
    assert not SkillWish.objects.exists()
    assert "It is a hobby." in Message.objects.get().text
    assert AuditEntry.objects.get().changes == {}


def test_who_left_gets_no_mail_about_their_proposal() -> None:
    gone = make_alice(left_on="2025-01-01")

    skills.decline(make_proposal(proposed_by=gone), by=make_dana())

    assert not Message.objects.exists()
