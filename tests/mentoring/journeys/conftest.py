"""The skills that the journeys are about: the tables are emptied between tests of the whole site."""

import pytest

from mentoring.models import Skill
from tests.builders import make_skill
from tests.support.site import Site


@pytest.fixture
def skills(site: Site) -> list[Skill]:
    return [
        make_skill(name="Pinterest", category="Journeys", description="Boards that people come back to."),
        make_skill(name="Company layout", category="Journeys", description="Who does what, and where."),
    ]
