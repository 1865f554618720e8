"""Rows of agreements, goals and check-ins."""

from goals.links import check_in_url
from tests.permissions.matrix import ALICE, Row, World, posted, who

ANSWERS = {"happiness": 4, "information": 4, "progress": 4, "help_wanted": "nobody", "words": ""}
BY_MAIL = who(anonymous=200, alice=302)  # she is signed in, and led to her own page


def token(world: World) -> list[str]:
    return [check_in_url(world.check_in.pk).rstrip("/").rpartition("/")[2]]


ROWS = [
    Row("check-in", ALICE, args=lambda w: [w.check_in.pk]),
    Row("check-in", posted(ALICE), args=lambda w: [w.check_in.pk], post=lambda w: ANSWERS),
    Row("check-in-by-mail", BY_MAIL, args=token),
    Row("check-in-by-mail", BY_MAIL, args=token, post=lambda w: ANSWERS),
]
