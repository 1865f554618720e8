from io import StringIO

import pytest
from django.core.management import call_command

from mentoring.models import Skill, SkillCategory
from mentoring.taxonomy import load_taxonomy

pytestmark = pytest.mark.django_db


def load() -> str:
    out = StringIO()
    call_command("load_skills", stdout=out)
    return out.getvalue()


def test_every_skill_that_is_shipped_is_loaded_and_loading_again_adds_none() -> None:
    Skill.objects.all().delete()
    SkillCategory.objects.all().delete()
    shipped = load_taxonomy()

    assert load() == f"{len(shipped.skills)} skills added.\n"
    assert load() == "0 skills added.\n"
    assert set(Skill.objects.values_list("name", flat=True)) == {skill.name for skill in shipped.skills}
    assert list(SkillCategory.objects.values_list("name", flat=True)) == [c.name for c in shipped.categories]


def test_what_hr_changed_stays() -> None:
    load()
    skill = Skill.objects.get(name="Pinterest")
    skill.description = "As HR words it."
    skill.save()

    load()

    skill.refresh_from_db()
    assert skill.description == "As HR words it."


def test_a_skill_that_people_proposed_before_it_was_shipped_is_not_doubled() -> None:
    Skill.objects.filter(name="Pinterest").update(name="PINTEREST", status=Skill.Status.PROPOSED)

    load()

    assert Skill.objects.filter(name__iexact="pinterest").count() == 1
