"""Rows of matching: requests between two people, runs and HR's approval. Alice asked Bob."""

from django.utils import timezone

from matching.actions import desk
from matching.models import BulkDecision
from tests.builders import make_request, make_run, make_suggestion
from tests.permissions.matrix import HR, PAIR, Row, World, posted, who


def fill(world: World) -> None:
    world.things["request"] = make_request(asked_by=world.alice, asked=world.bob)
    world.things["suggestion"] = make_suggestion(mentor=world.alice, mentee=world.bob)
    world.things["run"] = make_run(status="running")
    world.things["bulk"] = BulkDecision.objects.create(
        programme=world.programme, by=world.dana, decision="approve", suggestion_ids=[], heartbeat_at=timezone.now()
    )
    world.things["saved_view"] = desk.save_view(world.dana, name="Near ties", query="mark=near_tie")


COLLEAGUES = who(pat=403, bob=403)  # nobody asks themselves, and it is Bob who is asked
ASKER = who(alice=302, bob=403, charlie=404, pat=404, dana=404)

ROWS = [
    Row("request-create", COLLEAGUES, args=lambda w: [w.bob.pk]),
    Row("request-create", COLLEAGUES, args=lambda w: [w.bob.pk], post=lambda w: {}),
    Row("request-detail", PAIR, args=lambda w: [w.request.pk]),
    Row("request-answer", posted(PAIR), args=lambda w: [w.request.pk], post=lambda w: {"answer": "no"}),
    Row("request-withdraw", ASKER, args=lambda w: [w.request.pk], post=lambda w: {}),
    Row("run-start", posted(HR), args=lambda w: [w.programme.pk], post=lambda w: {}),
    Row("programme-what-if", HR, args=lambda w: [w.programme.pk]),
    Row("run-detail", HR, args=lambda w: [w.run.pk]),
    Row("run-cancel", posted(HR), args=lambda w: [w.run.pk], post=lambda w: {}),
    Row("approval-list", HR),
    Row("approval", HR, args=lambda w: [w.programme.pk]),
    Row("approval-bulk", posted(HR), args=lambda w: [w.programme.pk], post=lambda w: {}),
    Row("bulk-detail", HR, args=lambda w: [w.bulk.pk]),
    Row("suggestion-why", HR, args=lambda w: [w.suggestion.pk]),
    Row("suggestion-approve", posted(HR), args=lambda w: [w.suggestion.pk], post=lambda w: {}),
    Row("suggestion-reject", HR, args=lambda w: [w.suggestion.pk]),
    Row("suggestion-reject", posted(HR), args=lambda w: [w.suggestion.pk], post=lambda w: {}),
    Row("suggestion-reinstate", posted(HR), args=lambda w: [w.suggestion.pk], post=lambda w: {}),
    Row("suggestion-swap", HR, args=lambda w: [w.suggestion.pk]),
    Row("suggestion-swap", HR, args=lambda w: [w.suggestion.pk], post=lambda w: {}),
    Row("suggestion-comment", posted(HR), args=lambda w: [w.suggestion.pk], post=lambda w: {"text": "A good one"}),
    Row("saved-view-save", posted(HR), args=lambda w: [w.programme.pk], post=lambda w: {"name": "Mine"}),
    Row("saved-view-forget", posted(HR), args=lambda w: [w.programme.pk, w.saved_view.pk], post=lambda w: {}),
]
