"""Rows of messages and the outbox."""

from notifications.unsubscribe import unsubscribe_url
from tests.permissions.matrix import ALICE, EVERYBODY, HR, SIGNED_IN, Row, posted, who

ROWS = [
    Row("message-list", SIGNED_IN),
    Row("message-open", posted(ALICE), args=lambda w: [w.message.pk]),
    Row("message-read-all", posted(SIGNED_IN), post=lambda w: {}),
    Row("message-preferences", SIGNED_IN),
    Row("message-preferences", posted(SIGNED_IN), post=lambda w: {"every": "daily"}),
    Row("unsubscribe", EVERYBODY, args=lambda w: [unsubscribe_url(w.alice.pk, "pair").rstrip("/").rsplit("/", 1)[1]]),
    Row("outbox", HR),
    Row("outbox-message", who(alice=403, bob=403, charlie=403, pat=403, dana=404), args=lambda w: [w.message.pk]),
    Row("outbox-again", posted(HR), args=lambda w: [w.dead_message.pk], post=lambda w: {}),
]
