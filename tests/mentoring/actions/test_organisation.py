import pytest
from django.utils import timezone

from mentoring.actions import organisation
from mentoring.models import AuditEntry, Department, Grade, Person, TransitionError
from tests.builders import make_alice, make_dana, make_department, make_grade, make_person, make_site

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def test_a_part_is_added_and_changed_with_a_record_of_old_and_new() -> None:
    dana, department = make_dana(), Department()

    organisation.save_part(department, by=dana, name="Research")
    organisation.save_part(department, by=dana, name="Research and care")

    assert [entry.changes for entry in AuditEntry.objects.order_by("pk")] == [
        {"name": [None, "Research"]},
        {"name": ["Research", "Research and care"]},
    ]


def test_what_was_removed_meanwhile_does_not_come_back() -> None:
    dana, department = make_dana(), make_department(name="Research")
    Department.objects.filter(pk=department.pk).delete()

    with pytest.raises(TransitionError, match="removed meanwhile"):
        organisation.save_part(department, by=dana, name="Research and care")
    assert not Department.objects.filter(name="Research and care").exists()


def test_what_people_belong_to_stays_and_leaves_no_record() -> None:
    dana, department = make_dana(), make_alice().department
    assert department is not None

    with pytest.raises(TransitionError, match="People belong to"):
        organisation.remove_part(department, by=dana)
    assert not AuditEntry.objects.exists()


def test_a_merge_moves_everybody_and_what_names_it() -> None:
    dana, alice, left = make_dana(), make_alice(department="Sales"), make_person(department="Sales", left_on=TODAY)
    sales, finance = make_department(name="Sales"), make_department(name="Finance")

    assert organisation.merge_part(sales, finance, by=dana) == 2

    assert {person.department for person in Person.objects.filter(pk__in=[alice.pk, left.pk])} == {finance}
    assert not Department.objects.filter(name="Sales").exists()
    entry = AuditEntry.objects.get(object_type="department")
    assert entry.changes == {"merged_into": "Finance", "people": 2, "name": ["Sales", None]}


def test_only_another_one_of_the_same_kind_can_be_merged_into() -> None:
    dana, sales = make_dana(), make_department(name="Sales")

    for into in (sales, make_site()):
        with pytest.raises(TransitionError, match="of the same kind"):
            organisation.merge_part(sales, into, by=dana)


def test_what_only_those_who_left_belong_to_stays_and_says_so() -> None:
    dana, _ = make_dana(), make_person(department="Sales", left_on=TODAY)

    with pytest.raises(TransitionError, match="1 who have left"):
        organisation.remove_part(make_department(name="Sales"), by=dana)


def test_a_grade_changes_places_with_its_neighbour_and_the_top_stays() -> None:
    dana = make_dana(level=5)
    for level in (1, 3, 8):
        make_grade(level=level)

    organisation.move_grade(Grade.objects.get(name="Grade 3"), up=True, by=dana)
    organisation.move_grade(Grade.objects.get(name="Grade 8"), up=True, by=dana)
    organisation.move_grade(Grade.objects.get(name="Grade 1"), up=False, by=dana)

    assert list(Grade.objects.order_by("level").values_list("name", "level")) == [
        ("Grade 1", 1), ("Grade 5", 3), ("Grade 3", 5), ("Grade 8", 8),
    ]  # fmt: skip
