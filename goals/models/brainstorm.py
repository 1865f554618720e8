"""A brainstorm: the session that slow progress opens. Both write, choose two new ways, and make something of them."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from goals.models.goal import Goal
from mentoring.models import AgreedStep, Pair, Person, User
from mentoring.models.states import Stateful
from mentoring.private import PrivateTextField

LIVE = ("open", "decided", "stuck")


class PaceQuerySet(models.QuerySet["Pace"]):
    def due(self, now: dt.datetime) -> "PaceQuerySet":
        """To be looked at now."""
        return self.filter(look_at__lte=now, pair__in=Pair.objects.running())


class Pace(models.Model):
    """When the site looks at how a pair gets on, and when the pair has its turn. Nobody sees this row."""

    pair = models.OneToOneField(Pair, on_delete=models.CASCADE, related_name="pace")
    look_at = models.DateTimeField(help_text="The next look at dates and meetings.")
    counts_from = models.DateTimeField(help_text="Quiet days count from the start, a pause or the last session.")
    turn_at = models.DateTimeField(
        null=True, blank=True,
        help_text="Each pair's one session without a visible reason: drawn by lot, brought forward by low answers.",
    )  # fmt: skip

    objects: ClassVar[PaceQuerySet] = PaceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["look_at"], name="pace_look_due")]

    def __str__(self) -> str:
        return f"Pace of pair {self.pair_id}"


class BrainstormQuerySet(models.QuerySet["Brainstorm"]):
    def visible_to(self, user: User) -> "BrainstormQuerySet":
        """The two of the pair."""
        return self.filter(pair__in=Pair.objects.of(user.pk).started())

    def open(self) -> "BrainstormQuerySet":
        return self.filter(status=Brainstorm.Status.OPEN)

    def live(self) -> "BrainstormQuerySet":
        return self.filter(status__in=LIVE)

    def of_which_hr_knows(self, now: dt.datetime) -> "BrainstormQuerySet":
        """Those that did not help, as long as that is true, and for two months where HR was told for another reason."""
        lately = Q(hr_told_at__gte=now - dt.timedelta(days=60))
        return self.filter(hr_told_at__isnull=False).filter(Q(status=Brainstorm.Status.STUCK) | lately)


class Brainstorm(Stateful, models.Model):
    class Status(models.TextChoices):
        OPEN = "open", "Open"
        DECIDED = "decided", "Decided"
        HELPED = "helped", "Over"
        STUCK = "stuck", "Still slow"
        LAPSED = "lapsed", "Not needed"
        CLOSED = "closed", "Closed with the pair"

    TRANSITIONS = {
        Status.OPEN: frozenset({Status.DECIDED, Status.LAPSED, Status.STUCK, Status.CLOSED}),
        Status.DECIDED: frozenset({Status.HELPED, Status.STUCK, Status.CLOSED}),
        Status.STUCK: frozenset({Status.DECIDED, Status.HELPED, Status.CLOSED}),
        **{end: frozenset() for end in (Status.HELPED, Status.LAPSED, Status.CLOSED)},
    }

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="brainstorms")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    signs = models.JSONField(default=list, blank=True, help_text="What both could see when it opened; never an answer.")
    opened_at = models.DateTimeField(default=timezone.now)
    look_at = models.DateTimeField(help_text="When it is looked at whether it helped.")
    decided_at = models.DateTimeField(null=True, blank=True)
    hr_told_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    agreed = models.ManyToManyField(Person, blank=True, related_name="+", help_text="Who has said “make it so”.")

    objects: ClassVar[BrainstormQuerySet] = BrainstormQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["pair"], condition=Q(status__in=LIVE), name="brainstorm_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(status__in=LIVE, closed_at__isnull=True)
                | Q(status__in=["helped", "lapsed", "closed"], closed_at__isnull=False),
                name="brainstorm_closed_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["decided", "helped"]) | Q(decided_at__isnull=False)
                | Q(hr_told_at__isnull=False),
                name="brainstorm_decided_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="stuck") | Q(hr_told_at__isnull=False), name="brainstorm_stuck_is_told"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Without its words and its reason: this goes into the audit."""
        return f"Brainstorm of pair {self.pair_id}"

    @property
    def is_live(self) -> bool:
        return self.status in LIVE


class Thought(models.Model):
    """One line of a brainstorm, by one of the two, for both."""

    class Part(models.TextChoices):
        WORKS = "works", "What works"
        IN_THE_WAY = "in_the_way", "What is in the way"
        WAY = "way", "New ways"

    brainstorm = models.ForeignKey(Brainstorm, on_delete=models.CASCADE, related_name="thoughts")
    part = models.CharField(max_length=10, choices=Part.choices)
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = PrivateTextField(max_length=300)
    chosen_by = models.ManyToManyField(Person, blank=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"Line {self.pk} of brainstorm {self.brainstorm_id}"


class Decision(models.Model):
    """What becomes of a chosen way: a next step, or a change of its owner's goal. Its owner's click carries it out."""

    class Kind(models.TextChoices):
        STEP = "step", "A next step"
        NEW_GOAL = "new_goal", "A new goal"
        CHANGE = "change", "Another goal or date instead"
        LET_GO = "let_go", "Let a goal go"

    brainstorm = models.ForeignKey(Brainstorm, on_delete=models.CASCADE, related_name="decisions")
    way = models.ForeignKey(Thought, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField("What becomes of it?", max_length=8, choices=Kind.choices)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, null=True, blank=True, related_name="decisions")
    text = PrivateTextField("In words", max_length=160)
    due_on = models.DateField("By when", null=True, blank=True)
    carried_out_at = models.DateTimeField(null=True, blank=True)
    step = models.ForeignKey(
        AgreedStep, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions",
        help_text="What it became on the pair's list, unless it was taken off.",
    )  # fmt: skip

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["step", "new_goal"]) | Q(goal__isnull=False), name="decision_changes_a_goal"
            ),
            models.CheckConstraint(
                condition=Q(step__isnull=True) | Q(kind="step", carried_out_at__isnull=False),
                name="decision_with_a_step_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"Decision {self.pk} of brainstorm {self.brainstorm_id}"
