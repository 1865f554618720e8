"""A suggestion: a pair proposed by a matching run or by two people themselves, not yet approved."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from matching.models.run import MatchingRun
from mentoring.models import Pair, Person, Programme, Skill, User
from mentoring.models.states import Stateful
from mentoring.private import PrivateTextField


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: User) -> "SuggestionQuerySet":
        """HR sees all but what two people are still settling themselves; a person what they asked or are asked."""
        if user.is_hr:
            return self.exclude(~Q(asked_by=user.pk) & ~Q(asked=user.pk), status=Suggestion.Status.ASKED)
        return self.filter(Q(asked_by=user.pk) | Q(asked=user.pk))

    def proposed(self) -> "SuggestionQuerySet":
        """Those that wait for HR."""
        return self.filter(status=Suggestion.Status.PROPOSED)


class Suggestion(Stateful, models.Model):
    class Origin(models.TextChoices):
        RUN = "run", "Matching run"
        REQUEST = "request", "They asked for each other"
        HR = "hr", "Put together by HR"

    class Status(models.TextChoices):
        ASKED = "asked", "Waiting for the other's yes"
        PROPOSED = "proposed", "Waiting for HR"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"
        REPLACED = "replaced", "Replaced"
        DECLINED = "declined", "Not available"
        WITHDRAWN = "withdrawn", "Withdrawn"

    TRANSITIONS = {
        Status.ASKED: frozenset({Status.PROPOSED, Status.DECLINED, Status.WITHDRAWN}),
        Status.PROPOSED: frozenset({Status.APPROVED, Status.REJECTED, Status.REPLACED, Status.WITHDRAWN}),
        Status.REJECTED: frozenset({Status.PROPOSED}),
        Status.APPROVED: frozenset(),
        Status.REPLACED: frozenset(),
        Status.DECLINED: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="suggestions")
    run = models.ForeignKey(MatchingRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="suggestions")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.RUN)
    mentor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="suggestions_as_mentor")
    mentee = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="suggestions_as_mentee")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    is_exchange = models.BooleanField("mutual exchange", default=False)
    return_skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    score = models.IntegerField(default=0)
    criteria = models.JSONField(default=list, help_text="[{name, points, sentence}, …]")
    alternatives = models.JSONField(default=dict, blank=True, help_text="The best partner that each gave up.")
    near_tie = models.BooleanField(default=False)
    exceptions = models.JSONField(default=list, blank=True, help_text="Rules that it breaks: [{rule, sentence}, …]")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    asked_by = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="requests_made")
    asked = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="requests_received")
    message = models.CharField("a line to them", max_length=400, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    rejected_because = PrivateTextField(
        max_length=600, blank=True, default="", help_text="HR's own words, for HR alone."
    )
    pair = models.OneToOneField(Pair, on_delete=models.PROTECT, null=True, blank=True, related_name="suggestion")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[SuggestionQuerySet] = SuggestionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="suggestion_of_two"),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(pair__isnull=False), name="suggestion_approved_has_a_pair"
            ),
            models.CheckConstraint(
                condition=~Q(origin="request") | Q(asked_by__isnull=False, asked__isnull=False),
                name="suggestion_request_has_both",
            ),
            models.UniqueConstraint(
                "programme",
                Least("mentor", "mentee"),
                Greatest("mentor", "mentee"),
                condition=Q(status__in=["asked", "proposed"]),
                name="suggestion_open_once",
                violation_error_message="These two are suggested already.",
            ),
        ]
        indexes = [models.Index(fields=["programme", "status", "-score"], name="suggestion_programme_status")]

    def __str__(self) -> str:
        return f"{self.mentor} and {self.mentee}"
