import datetime as dt
from random import Random

import pytest
from django.utils import timezone

from goals.agreement_words import FIELDS, content_of
from goals.models import Agreement, Goal, Signature
from mentoring.models import Pair, Skill
from reverse_mentoring.demo.history import write_history
from tests.builders import make_pair, make_person, make_wish

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def written(*, days: int = 120) -> list[Pair]:
    """Ten mutual exchanges that started so many days ago."""
    pairs = []
    skill, back = Skill.objects.accepted()[:2]
    both = {"skill": skill, "is_exchange": True, "return_skill": back}
    for _ in range(10):
        mentor, mentee = make_person(level=2), make_person(level=6)
        make_wish(person=mentee, skill=skill)
        make_wish(person=mentor, skill=back)
        started = NOW - dt.timedelta(days=days)
        pairs.append(make_pair(mentor=mentor, mentee=mentee, started_at=started, **both))  # type: ignore[arg-type]
    write_history(pairs, Random(7), now=NOW)
    return pairs


def test_agreements_are_kept_as_the_pages_keep_them() -> None:
    written()

    for agreement in Agreement.objects.all():
        [version] = agreement.versions.all()
        assert [line["field"] for line in version.content] == list(FIELDS)
        assert version.content == content_of(agreement)
        assert list(agreement.mentee_shares.all()) == [agreement.pair.return_skill]
    assert Agreement.objects.count() >= 7


def test_nobody_signs_before_it_is_written_or_in_the_future() -> None:
    written()

    for signature in Signature.objects.select_related("version__agreement__pair"):
        assert signature.version.agreement.pair.started_at < signature.version.saved_at  # type: ignore[operator]
        assert signature.version.saved_at < signature.signed_at < NOW


@pytest.mark.parametrize("days", [3, 120])
def test_goals_have_ratings_that_lead_from_the_start_to_now(days: int) -> None:
    written(days=days)

    for goal in Goal.objects.all():
        levels = [rating.level for rating in goal.ratings.all()]
        assert levels == sorted(levels)
        assert (levels[-1], goal.created_at < NOW) == (goal.level_now, True)
    assert days == 3 or Goal.objects.count() >= 14
