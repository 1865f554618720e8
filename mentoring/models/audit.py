"""The audit: who did what, on what, when. Rows are written once; the database refuses to change or delete them."""

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Q

NAME = SearchVector("object_name", config="simple")


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def aloud(self) -> "AuditQuerySet":
        """Without what came to an end and names nobody: beside the row before it, its moment would name who said no."""
        return self.exclude(_quiet())

    def quiet(self) -> "AuditQuerySet":
        """What came to an end and names nobody. Only its day may be told."""
        return self.filter(_quiet())

    def between(self, first: dt.datetime | None, last: dt.datetime | None) -> "AuditQuerySet":
        rows = self.filter(at__gte=first) if first else self
        return rows.filter(at__lt=last) if last else rows

    def on(self, words: str) -> "AuditQuerySet":
        """On things in whose name every word begins with one of these; through an index, at millions of rows."""
        parts = ["".join(char for char in word if char.isalnum()) for word in words.split()]
        query = " & ".join(f"{part}:*" for part in parts if part)
        found = SearchQuery(query, config="simple", search_type="raw")
        return self.annotate(words=NAME).filter(words=found) if query else self


def _quiet() -> Q:
    return Q(by__isnull=True, action__in=[action.value for action in QUIET])


def known_actions() -> list[tuple[str, str]]:
    """Asked for when they are needed, so that a new action is no change of the schema."""
    return AuditEntry.Action.choices


class AuditEntry(models.Model):
    class Action(models.TextChoices):
        PERSON_JOINED = "person.joined", "Joined"
        PERSON_INVITED = "person.invited", "Invited"
        PERSON_CHANGED = "person.changed", "Profile changed"
        PERSON_BACK = "person.back", "Came back to the company"
        PERSON_LEFT = "person.left", "Left the company"
        PERSON_IMPORTED = "person.imported", "Came with an import"
        PEOPLE_IMPORTED = "people.imported", "People imported"
        INVITATION_WITHDRAWN = "invitation.withdrawn", "Invitation to join withdrawn"
        ORGANISATION_CHANGED = "organisation.changed", "Departments, sites or grades changed"
        OFFER_SET = "offer.set", "Skill offered"
        OFFER_REMOVED = "offer.removed", "Skill offer removed"
        WISH_SET = "wish.set", "Skill wished for"
        WISH_REMOVED = "wish.removed", "Skill wish removed"
        SKILL_PROPOSED = "skill.proposed", "Skill proposed"
        SKILL_ACCEPTED = "skill.accepted", "Skill accepted"
        SKILL_MERGED = "skill.merged", "Skill merged"
        SKILL_DECLINED = "skill.declined", "Skill not taken up"
        PROGRAMME_CREATED = "programme.created", "Programme created"
        PROGRAMME_CHANGED = "programme.changed", "Programme changed"
        PROGRAMME_LAUNCHED = "programme.launched", "Programme launched"
        PROGRAMME_CLOSED = "programme.closed", "Programme closed"
        PROGRAMME_COPIED = "programme.copied", "Programme copied"
        AUDIENCE_CHANGED = "programme.invitees", "People named who may join"
        QUESTION_SET = "question.set", "Question at sign-up set"
        QUESTION_REMOVED = "question.removed", "Question at sign-up removed"
        ENROLMENT_MADE = "enrolment.made", "Enrolled"
        ENROLMENT_CHANGED = "enrolment.changed", "Enrolment changed"
        ENROLMENT_ANSWERED = "enrolment.answered", "Questions at sign-up answered"
        ENROLMENT_WITHDRAWN = "enrolment.withdrawn", "Enrolment withdrawn"
        RUN_STARTED = "run.started", "Matching run started"
        RUN_FINISHED = "run.finished", "Matching run finished"
        RUN_FAILED = "run.failed", "Matching run failed"
        RUN_CANCELLED = "run.cancelled", "Matching run cancelled"
        SUGGESTION_MADE = "suggestion.made", "Suggestion made"
        SUGGESTION_APPROVED = "suggestion.approved", "Suggestion approved"
        SUGGESTION_REJECTED = "suggestion.rejected", "Suggestion rejected"
        SUGGESTION_REINSTATED = "suggestion.reinstated", "Decision on a suggestion taken back"
        SUGGESTION_COMMENTED = "suggestion.commented", "Suggestion commented on by HR"
        SUGGESTION_REPLACED = "suggestion.replaced", "Suggestion replaced"
        SUGGESTION_WITHDRAWN = "suggestion.withdrawn", "Suggestion withdrawn"
        DECIDED_IN_BULK = "suggestion.bulk", "Suggestions decided on in bulk"
        REQUEST_MADE = "request.made", "Request made"
        REQUEST_AGREED = "request.agreed", "Request agreed to by both"
        REQUEST_NOT_AVAILABLE = "request.not_available", "Request not taken up"
        PAIR_ASKED = "pair.asked", "Invitation sent"
        PAIR_BEGUN = "pair.begun", "Both said yes to the pair"
        PAIR_PARTED = "pair.parted", "Pair did not go on after its beginning"
        PAIR_STARTED = "pair.started", "Pair started"
        PAIR_NOT_AVAILABLE = "pair.not_available", "Invitation not taken up"
        PAIR_WITHDRAWN = "pair.withdrawn", "Invitation withdrawn"
        PAIR_PAUSED = "pair.paused", "Pair paused"
        PAIR_RESUMED = "pair.resumed", "Pair resumed"
        PAIR_COMPLETED = "pair.completed", "Pair completed"
        PAIR_ENDED = "pair.ended", "Pair ended early"
        PAIR_HELPED = "pair.helped", "Help offered to a pair"
        PAIR_RECHECKED = "pair.rechecked", "Decided on after a change in the organisation"
        MEETING_PLANNED = "meeting.planned", "Meeting planned"
        MEETING_ACCEPTED = "meeting.accepted", "Meeting accepted"
        MEETING_MOVED = "meeting.moved", "Meeting moved"
        MEETING_AGENDA = "meeting.agenda", "Agenda set"
        MEETING_LOGGED = "meeting.logged", "Meeting logged"
        MEETING_CANCELLED = "meeting.cancelled", "Meeting cancelled"
        AGREEMENT_CHANGED = "agreement.changed", "Agreement changed"
        AGREEMENT_SIGNED = "agreement.signed", "Agreement signed"
        CERTIFICATE_SHARED = "certificate.shared", "Certificate shared"
        CERTIFICATE_WITHDRAWN = "certificate.withdrawn", "Certificate no longer shared"
        NEW_PAIR_WANTED = "enrolment.new_pair", "Takes up the offer of a new pair"
        GOAL_SET = "goal.set", "Goal set"
        GOAL_CHANGED = "goal.changed", "Goal changed"
        SURVEY_WRITTEN = "survey.written", "Survey written"
        SURVEY_MOVED = "survey.moved", "Survey opened or closed"
        PUBLICATION_SET = "publication.set", "Day of “You said, we did” set"
        PUBLICATION_REMOVED = "publication.removed", "Day of “You said, we did” removed"
        PUBLISHED = "publication.out", "“You said, we did” published"
        AUDIT_EXPORTED = "audit.exported", "Audit downloaded"
        CHECK_IN_ANSWERED = "check_in.answered", "Check-in answered"
        BRAINSTORM_OPENED = "brainstorm.opened", "Brainstorm opened"
        BRAINSTORM_CHANGED = "brainstorm.changed", "Brainstorm changed"
        BRAINSTORM_DECIDED = "brainstorm.decided", "Brainstorm decided"
        BRAINSTORM_CLOSED = "brainstorm.closed", "Brainstorm closed"
        FEEDBACK_WRITTEN = "feedback.written", "Feedback written"
        FEEDBACK_SENT = "feedback.sent", "Feedback sent"
        FEEDBACK_TAKEN_BACK = "feedback.taken_back", "Feedback taken back"
        FEEDBACK_ANSWERED = "feedback.answered", "Feedback answered"
        HAND_RAISED = "hand.raised", "Hand raised"
        HAND_ANSWERED = "hand.answered", "Raised hand answered"
        HAND_CLOSED = "hand.closed", "Raised hand closed"

    action = models.CharField(max_length=30, choices=known_actions)
    by = models.ForeignKey(
        "Person", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_constraint=False,
        help_text="Nobody where the system did it, or where naming the person would give away a private no.",
    )  # fmt: skip
    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    object_name = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict, blank=True, help_text="Field → [old, new]; never private words.")
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AuditQuerySet] = AuditQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["by", "-id"], name="audit_by"),
            models.Index(fields=["action", "-id"], name="audit_action"),
            GinIndex(NAME, name="audit_name"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"


QUIET = (
    AuditEntry.Action.PAIR_NOT_AVAILABLE,
    AuditEntry.Action.PAIR_WITHDRAWN,
    AuditEntry.Action.PAIR_ENDED,
    AuditEntry.Action.REQUEST_NOT_AVAILABLE,
    AuditEntry.Action.SUGGESTION_WITHDRAWN,
)
