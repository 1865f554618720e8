"""An attacker who knows in which order pairs ended, and looks at the causes after each end, in every programme."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from insights.actions.causes import weighed
from insights.models.published import CAUSES_AT_ONCE
from mentoring.models import EarlyEnd

GIVEN = st.lists(st.sampled_from(EarlyEnd.Cause.values), max_size=60)


def looks(causes: list[str]) -> list[Counter[str]]:
    """What stands there after each end; a five is weighed once, when it is full."""
    shown, published = [Counter[str]()], Counter[str]()
    for ended in range(1, len(causes) + 1):
        if ended % CAUSES_AT_ONCE == 0:
            published = published + weighed(causes[ended - CAUSES_AT_ONCE : ended])
        shown.append(published)
    return shown


@settings(max_examples=300, deadline=None)
@given(GIVEN)
def test_two_looks_never_differ_by_fewer_than_five_nor_by_one_cause_alone(causes: list[str]) -> None:
    shown = looks(causes)
    for earlier in range(len(shown)):
        for later in range(earlier, len(shown)):
            new = shown[later] - shown[earlier]
            assert new.total() % CAUSES_AT_ONCE == 0
            assert not new or len(new) > 1


@settings(max_examples=300, deadline=None)
@given(GIVEN)
def test_no_cause_is_counted_more_often_than_it_was_given(causes: list[str]) -> None:
    told = looks(causes)[-1]

    assert told.total() == len(causes) // CAUSES_AT_ONCE * CAUSES_AT_ONCE
    assert all(told[cause] <= causes.count(cause) for cause in told if cause)
