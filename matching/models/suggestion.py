"""A suggestion: a pair proposed by a matching run or by two people themselves, not yet approved."""

from collections.abc import Collection
from typing import ClassVar

from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest, Least

from matching.models.run import MatchingRun
from mentoring.models import Pair, Person, Programme, RatherNotList, Skill, User
from mentoring.models.states import Stateful
from mentoring.private import PrivateTextField

OPEN = ("asked", "proposed")


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: User) -> "SuggestionQuerySet":
        """A person sees what they asked and what they are asked; HR besides whatever has come before them."""
        never_reached_them = Q(both_said_yes_at__isnull=True, asked_by__in=_rather_not(user.pk))
        mine = Q(asked_by=user.pk) | (Q(asked=user.pk) & ~never_reached_them)
        return self.filter(mine | Q(pk__in=self.known_to_hr().values("pk"))) if user.is_hr else self.filter(mine)

    def known_to_hr(self) -> "SuggestionQuerySet":
        """All but requests that only one of the two has said yes to: how those end is between the two."""
        return self.exclude(origin=Suggestion.Origin.REQUEST, both_said_yes_at__isnull=True)

    def proposed(self) -> "SuggestionQuerySet":
        """Those that wait for HR."""
        return self.filter(status=Suggestion.Status.PROPOSED)

    def asked(self) -> "SuggestionQuerySet":
        """Requests that wait for the other's answer."""
        return self.filter(status=Suggestion.Status.ASKED)

    def open(self) -> "SuggestionQuerySet":
        return self.filter(status__in=OPEN)

    def of(self, person: Person | int) -> "SuggestionQuerySet":
        return self.filter(Q(mentor=person) | Q(mentee=person))

    def of_any(self, people: Collection[int]) -> "SuggestionQuerySet":
        return self.filter(Q(mentor__in=people) | Q(mentee__in=people))

    def with_comments(self) -> "SuggestionQuerySet":
        """With how many words HR people left for each other; a question for each row, so that none but those of a page
        is asked it."""
        from matching.models.desk import Comment  # noqa: PLC0415  (a comment points at its suggestion)

        written = Comment.objects.filter(suggestion=OuterRef("pk")).order_by().values("suggestion")
        return self.annotate(comment_count=Coalesce(models.Subquery(written.values(n=models.Count("pk"))), 0))

    def with_people(self) -> "SuggestionQuerySet":
        """With the two and all that belongs to them, in one query."""
        return self.select_related(
            "programme", "skill", "return_skill", "pair", "decided_by",
            "mentor__user", "mentor__department", "mentor__grade", "mentor__site",
            "mentee__user", "mentee__department", "mentee__grade", "mentee__site",
        )  # fmt: skip


def _rather_not(person: int) -> list[int]:
    """Whom this person would rather not be paired with. For their own eyes: never log, count or show it."""
    kept = RatherNotList.objects.filter(person=person).first()
    return kept.person_ids if kept else []


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
        Status.PROPOSED: frozenset(
            {Status.APPROVED, Status.REJECTED, Status.REPLACED, Status.DECLINED, Status.WITHDRAWN}
        ),
        Status.REJECTED: frozenset({Status.PROPOSED}),
        Status.APPROVED: frozenset({Status.PROPOSED}),  # while its people are still being asked
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
    alternatives = models.JSONField(default=list, blank=True, help_text="The best partner that each gave up.")
    near_tie = models.BooleanField(default=False)
    exceptions = models.JSONField(default=list, blank=True, help_text="Rules that it breaks: [{rule, sentence}, …]")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    asked_by = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="requests_made")
    asked = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="requests_received")
    message = models.CharField("a line to them", max_length=400, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True, help_text="An unanswered request ends then.")
    remind_at = models.DateTimeField(null=True, blank=True, help_text="The next reminder to answer.")
    both_said_yes_at = models.DateTimeField(null=True, blank=True, help_text="From then on HR knows of the request.")
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
            models.CheckConstraint(
                condition=~Q(status="asked") | Q(origin="request", answer_by__isnull=False),
                name="suggestion_asked_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(origin="request")
                | Q(status__in=["asked", "declined", "withdrawn"])
                | Q(both_said_yes_at__isnull=False),
                name="suggestion_request_reaches_hr_with_both",
            ),
            models.UniqueConstraint(
                "programme",
                "status",
                Least("mentor", "mentee"),
                Greatest("mentor", "mentee"),
                condition=Q(status__in=OPEN),
                name="suggestion_open_once",
                violation_error_message="These two are suggested already.",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "status", "-score"], name="suggestion_programme_status"),
            models.Index(fields=["answer_by"], condition=Q(status="asked"), name="suggestion_answer_due"),
            models.Index(fields=["remind_at"], condition=Q(status="asked"), name="suggestion_remind_due"),
        ]

    def __str__(self) -> str:
        """What the audit calls it; a request that one of the two has not said yes to is named nowhere."""
        return f"{self.mentor} and {self.mentee}" if self.is_known_to_hr else "A request between two people"

    @property
    def is_request(self) -> bool:
        return self.origin == self.Origin.REQUEST

    @property
    def is_known_to_hr(self) -> bool:
        return not self.is_request or self.both_said_yes_at is not None

    def partner_of(self, person: Person) -> Person:
        """The other of the two."""
        return self.mentee if person.pk == self.mentor_id else self.mentor
