"""Copies the taxonomy into the database. Used by the data migration and by `manage.py load_skills`."""

from typing import Any

from mentoring.taxonomy import Taxonomy, TaxonomySkill


def copy_missing(taxonomy: Taxonomy, *, categories: Any, skills: Any) -> int:
    """Adds what is not there yet and says how many skills that were; what HR changed stays as HR wants it.

    `categories` and `skills` are the managers to write with: in a migration those of the models as they were then.
    """
    known = {name.casefold() for name in skills.values_list("name", flat=True)}
    added: list[Any] = []
    for position, category in enumerate(taxonomy.categories):
        row = _category(categories, category.key, category.name, position)
        added += [_row(skills.model, skill, row) for skill in category.skills if skill.name.casefold() not in known]
    skills.bulk_create(added)
    return len(added)


def _category(categories: Any, slug: str, name: str, position: int) -> Any:
    same_name = categories.filter(name__iexact=name).first()
    return same_name or categories.get_or_create(slug=slug, defaults={"name": name, "position": position})[0]


def _row(model: Any, skill: TaxonomySkill, category: Any) -> Any:
    return model(name=skill.name, description=skill.description, aliases=list(skill.aliases), category=category)
