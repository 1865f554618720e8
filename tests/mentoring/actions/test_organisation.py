import pytest

from mentoring.actions import organisation
from mentoring.models import AuditEntry, Department, TransitionError
from tests.builders import make_alice, make_dana, make_department

pytestmark = pytest.mark.django_db


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
