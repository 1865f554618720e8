import pytest
from django.db import connection

from mentoring.actions import worksheet
from mentoring.models import AuditEntry, RatherNotList, SkillOffer, SkillWish, SwotEntry
from tests.builders import make_alice, make_bob, make_charlie, make_offer, make_skill

pytestmark = pytest.mark.django_db

STRENGTH = SwotEntry.Quadrant.STRENGTH


def stored(table: str, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        return [row[0] for row in cursor.fetchall()]


def test_an_entry_is_encrypted_and_leaves_no_trace_in_the_audit() -> None:
    alice = make_alice()

    entry = worksheet.add_entry(alice, STRENGTH, "I explain well")

    assert SwotEntry.objects.get().text == "I explain well"
    assert "explain" not in stored("mentoring_swotentry", "text")[0]
    worksheet.remove_entry(entry)
    assert not AuditEntry.objects.exists()


def test_pressing_twice_makes_one_entry() -> None:
    alice = make_alice()

    worksheet.add_entry(alice, STRENGTH, "I explain well")
    worksheet.add_entry(alice, STRENGTH, "I explain well")

    assert SwotEntry.objects.count() == 1


def test_a_strength_becomes_an_offer_and_keeps_evidence_that_is_there() -> None:
    alice, skill = make_alice(), make_skill()
    make_offer(person=alice, skill=skill, level=2, learned="A course")
    entry = worksheet.add_entry(alice, STRENGTH, "Posts that people read")

    worksheet.turn_into_offer(entry, skill, level=4)

    offer = SkillOffer.objects.get()
    assert (entry.offer, offer.level, offer.learned) == (offer, 4, "A course")


def test_a_weakness_becomes_a_wish_that_outlives_its_entry() -> None:
    alice, skill = make_alice(), make_skill()
    entry = worksheet.add_entry(alice, SwotEntry.Quadrant.WEAKNESS, "No idea of channels")

    worksheet.turn_into_wish(entry, skill, priority=1, present=0, wanted=3)
    worksheet.remove_entry(entry)

    assert SkillWish.objects.get().skill == skill


def test_the_rather_not_list_is_encrypted_and_leaves_no_trace_in_the_audit() -> None:
    alice, bob, charlie = make_alice(), make_bob(), make_charlie()

    worksheet.add_rather_not(alice, bob)
    worksheet.add_rather_not(alice, charlie)
    worksheet.add_rather_not(alice, charlie)
    worksheet.remove_rather_not(alice, bob.pk)

    assert RatherNotList.objects.get().person_ids == [charlie.pk]
    assert stored("mentoring_rathernotlist", "keys")[0].startswith("gAAAA")
    assert not AuditEntry.objects.exists()


def test_nobody_puts_themselves_on_their_list() -> None:
    alice = make_alice()

    worksheet.add_rather_not(alice, alice)

    assert RatherNotList.objects.get().person_ids == []


def test_removing_somebody_who_is_not_on_the_list_does_nothing() -> None:
    alice = make_alice()

    worksheet.remove_rather_not(alice, 12345)

    assert RatherNotList.objects.get().person_ids == []
