"""Ways to meet that suit both, from two rankings. Knows no database."""

from collections.abc import Sequence

IN_PERSON = "in_person"


def shared(mine: Sequence[str], theirs: Sequence[str], *, same_site: bool = True) -> list[str]:
    """What both ranked, the most liked by both first: the sum of their places counts, then the worse of the two.

    Who works at different sites meets in person last, however much they like it.

    Example: video is my 1st and your 2nd, phone my 2nd and your 1st, chat my 3rd and not in your list: video, phone.
    """
    both = [channel for channel in mine if channel in theirs]
    return sorted(
        both,
        key=lambda channel: (
            channel == IN_PERSON and not same_site,
            *_order(mine.index(channel), theirs.index(channel)),
        ),
    )


def _order(my_place: int, their_place: int) -> tuple[int, int]:
    return my_place + their_place, max(my_place, their_place)
