"""The company's own scales: departments, sites, grades."""

from django.db import models
from django.db.models.functions import Lower

from mentoring.models.zones import validate_time_zone


class Department(models.Model):
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="department_name_unique")]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place where people work together; the same site counts as being able to meet in person."""

    name = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=40, default="UTC", validators=[validate_time_zone])

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="site_name_unique")]

    def __str__(self) -> str:
        return self.name


class Grade(models.Model):
    """One step of the company's ordered scale of seniority; a higher level is more senior."""

    name = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        ordering = ["level"]
        constraints = [models.UniqueConstraint(Lower("name"), name="grade_name_unique")]

    def __str__(self) -> str:
        return self.name
