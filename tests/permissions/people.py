"""Rows of people, skills and HR's desk for them. What a row is about is Alice's."""

from mentoring.actions import people, worksheet
from mentoring.models import PeopleImport, Skill, SwotEntry
from tests.builders import make_concern, make_import, make_invitation, make_offer, make_skill
from tests.permissions.matrix import ALICE, EMPLOYEES, HR, SIGNED_IN, Row, World, posted, who

# The two of a pair, colleagues and HR; not a partner from outside who is in no pair with her.
COLLEAGUES = who(pat=404)
# Her own: HR may correct it.
ALICE_AND_HR = who(bob=403, charlie=403, pat=403)
# Each does it to their own list, whatever key they name: nothing of another's is touched, and nothing told.
OWN_LIST = posted(SIGNED_IN)
GONE_ON = who(alice=302, bob=302, charlie=302, pat=302, dana=302)


def offer(world: World) -> list[int]:
    return [world.offer.pk]


def part(world: World) -> list[object]:
    return ["departments", world.alice.department_id]


def job(world: World) -> list[int]:
    return [world.job.pk]


ROWS = [
    Row("onboarding", GONE_ON),
    Row("onboarding-step", SIGNED_IN, args=lambda w: [1]),
    Row("onboarding-step", posted(SIGNED_IN), args=lambda w: [2], post=lambda w: {"skip": "yes"}),
    Row("onboarding-done", SIGNED_IN),
    Row("profile-edit", SIGNED_IN),
    Row("profile-part", SIGNED_IN, args=lambda w: ["time"]),
    Row("photo-set", SIGNED_IN, post=lambda w: {}),
    Row("photo-remove", posted(SIGNED_IN), post=lambda w: {}),
    Row("my-data", SIGNED_IN),
    Row("audit", HR),
    Row("audit-csv", HR),
    Row("person-list", EMPLOYEES),
    Row("person-detail", COLLEAGUES, args=lambda w: [w.alice.pk]),
    Row("person-photo", COLLEAGUES, args=lambda w: [w.alice.pk]),
    Row("person-manager", ALICE_AND_HR, args=lambda w: [w.alice.pk]),
    Row("person-edit", HR, args=lambda w: [w.alice.pk]),
    Row("person-leave", posted(HR), args=lambda w: [w.alice.pk], post=lambda w: {}),
    Row("person-programmes", who(alice=403, bob=403, charlie=403, pat=403, dana=404), args=lambda w: [w.alice.pk]),
    Row("person-programmes", HR, args=lambda w: [w.pat.pk]),
    Row("person-hr-role", posted(HR), args=lambda w: [w.alice.pk], post=lambda w: {"is_hr": "yes"}),
    Row("person-back", posted(HR), args=lambda w: [w.alice.pk], post=lambda w: {}),
    Row("quiz", SIGNED_IN),
    Row("quiz-forget", posted(SIGNED_IN), post=lambda w: {}),
    Row("inventory", SIGNED_IN),
    Row("inventory-search", SIGNED_IN, query=lambda w: {"q": "media"}),
    Row("skill-propose", SIGNED_IN),
    Row("offer-set", SIGNED_IN, args=lambda w: [w.offer.skill_id]),
    Row("offer-set", ALICE, args=lambda w: [w.proposal.pk]),
    Row("offer-remove", OWN_LIST, args=offer, post=lambda w: {}),
    Row("wish-set", SIGNED_IN, args=lambda w: [w.offer.skill_id]),
    Row("wish-remove", OWN_LIST, args=offer, post=lambda w: {}),
    Row("swot", SIGNED_IN),
    Row("swot-turn", ALICE, args=lambda w: [w.swot.pk]),
    Row("swot-remove", OWN_LIST, args=lambda w: [w.swot.pk], post=lambda w: {}),
    Row("rather-not", EMPLOYEES),
    Row("rather-not-add", posted(EMPLOYEES), post=lambda w: {"person": w.charlie.pk}),
    Row("rather-not-remove", posted(EMPLOYEES), args=lambda w: [w.charlie.pk], post=lambda w: {}),
    Row("skill-list", EMPLOYEES),
    Row("skill-detail", EMPLOYEES, args=lambda w: [w.offer.skill_id]),
    Row("skill-detail", who(bob=404, charlie=404, pat=403), args=lambda w: [w.proposal.pk]),
    Row("hr-person-list", HR),
    Row("invitation-list", HR),
    Row("invitation-again", posted(HR), args=lambda w: [w.invitation.pk], post=lambda w: {}),
    Row("invitation-withdraw", posted(HR), args=lambda w: [w.invitation.pk], post=lambda w: {}),
    Row("invitation-accept", who(302, 302, 302, 302, 302, 302), args=lambda w: [w.invitation.token]),
    Row("invitation-accept", who(404, 404, 404, 404, 404, 404), args=lambda w: ["nonsense"]),
    Row("organisation", HR),
    Row("organisation-add", HR, args=lambda w: ["grades"]),
    Row("organisation-edit", HR, args=part),
    Row("organisation-remove", posted(HR), args=part, post=lambda w: {}),
    Row("organisation-merge", posted(HR), args=part, post=lambda w: {"into": w.bob.department_id}),
    Row("grade-move", posted(HR), args=lambda w: [w.alice.grade_id], post=lambda w: {"to": "up"}),
    Row("pair-check-list", HR),
    Row("pair-check-decide", posted(HR), args=lambda w: [w.concern.pk], post=lambda w: {"decision": "kept"}),
    Row("import-list", HR),
    Row("import-template", HR, args=lambda w: ["xlsx"]),
    Row("import-detail", HR, args=job),
    Row("import-columns", HR, args=job),
    Row("import-apply", posted(HR), args=job, post=lambda w: {}),
    Row("import-cancel", posted(HR), args=job, post=lambda w: {}),
    Row("import-problems", HR, args=job),
    Row("skill-review", HR),
    Row("skill-review-detail", HR, args=lambda w: [w.proposal.pk]),
    Row("skill-accept", HR, args=lambda w: [w.proposal.pk], post=lambda w: {}),
    Row("skill-merge", HR, args=lambda w: [w.proposal.pk], post=lambda w: {}),
    Row("skill-decline", posted(HR), args=lambda w: [w.proposal.pk], post=lambda w: {}),
]


def fill(world: World) -> None:
    """What the rows above are about."""
    alice = world.alice
    people.set_photo(alice, b"a picture", by=alice)
    world.things["offer"] = make_offer(person=alice)
    world.things["proposal"] = make_skill(name="Falconry", status=Skill.Status.PROPOSED, proposed_by=alice)
    world.things["swot"] = worksheet.add_entry(alice, SwotEntry.Quadrant.STRENGTH, "I explain well")
    world.things["invitation"] = make_invitation()
    world.things["job"] = make_import(status=PeopleImport.Status.READY)
    world.things["concern"] = make_concern()
