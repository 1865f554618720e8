"""The demo company's scales, places and skills, as rows of the database."""

from dataclasses import dataclass

from mentoring.models import Department, Grade, Site, Skill
from reverse_mentoring.demo.roles import company


@dataclass(frozen=True)
class Organisation:
    """The rows by their names, grades by their level."""

    grades: dict[int, Grade]
    sites: dict[str, Site]
    departments: dict[str, Department]
    skills: dict[str, Skill]


def make_organisation() -> Organisation:
    paper = company()
    Grade.objects.bulk_create(Grade(level=level, name=name) for level, name in paper.grades.items())
    Site.objects.bulk_create(Site(name=site.name, time_zone=site.time_zone) for site in paper.sites)
    Department.objects.bulk_create(Department(name=department.name) for department in paper.departments)
    return Organisation(
        grades={grade.level: grade for grade in Grade.objects.all()},
        sites={site.name: site for site in Site.objects.all()},
        departments={department.name: department for department in Department.objects.all()},
        skills={skill.name: skill for skill in Skill.objects.accepted().select_related("category")},
    )
