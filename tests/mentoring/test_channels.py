import pytest

from mentoring.channels import shared


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        (["video", "phone", "chat"], ["phone", "video"], ["video", "phone"]),
        (["chat", "video", "phone"], ["phone", "video", "chat"], ["video", "chat", "phone"]),
        (["video"], ["phone"], []),
        ([], ["phone"], []),
        (["email", "chat"], ["email", "chat"], ["email", "chat"]),
    ],
)
def test_what_both_like_most_comes_first(mine: list[str], theirs: list[str], both: list[str]) -> None:
    assert shared(mine, theirs) == both


def test_meeting_in_person_comes_last_for_those_at_different_sites() -> None:
    ranks = ["in_person", "video"]

    assert shared(ranks, ranks) == ["in_person", "video"]
    assert shared(ranks, ranks, same_site=False) == ["video", "in_person"]
