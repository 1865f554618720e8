"""The agreement: what both signed. Each saved draft is a version; the one that both signed last is in force."""

from typing import ClassVar

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from mentoring.models import Channel, Pair, Person, Skill, User


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: User) -> "AgreementQuerySet":
        """The two who agree."""
        return self.filter(pair__in=Pair.objects.of(user.pk).started())


class Agreement(models.Model):
    """The draft that both edit. Each saved change raises `version`, so that nobody signs what they have not read."""

    class Invites(models.TextChoices):
        MENTOR = "mentor", "The mentor"
        MENTEE = "mentee", "The mentee"
        TURNS = "turns", "We take turns"

    pair = models.OneToOneField(Pair, on_delete=models.CASCADE, related_name="agreement")
    version = models.PositiveIntegerField(default=0, help_text="0 is the empty form that nobody has saved yet.")
    mentor_wants = models.TextField("what the mentor wants out of it", max_length=1000, blank=True)
    mentee_wants = models.TextField("what the mentee wants out of it", max_length=1000, blank=True)
    mentor_shares = models.ManyToManyField(
        Skill, blank=True, related_name="+", verbose_name="skills the mentor provides"
    )
    mentee_shares = models.ManyToManyField(
        Skill, blank=True, related_name="+", verbose_name="skills the mentee gives back"
    )
    channel = models.CharField("how we meet", max_length=10, choices=Channel.choices, default=Channel.VIDEO)
    place = models.CharField("where we meet", max_length=200, blank=True)
    every_weeks = models.PositiveSmallIntegerField("weeks between meetings", default=4)
    minutes = models.PositiveSmallIntegerField("minutes a meeting", default=45)
    invites = models.CharField(
        "who sends the invitations", max_length=6, choices=Invites.choices, default=Invites.MENTEE
    )
    reply_within_days = models.PositiveSmallIntegerField("days to reply to each other", default=3)
    confidentiality = models.TextField("what stays between us", max_length=1000, blank=True)
    off_limits = models.TextField("what is off limits", max_length=1000, blank=True)
    ending = models.TextField("how we end it", max_length=1000, blank=True)
    edited_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[AgreementQuerySet] = AgreementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(every_weeks__range=(1, 26)), name="agreement_every_1_to_26_weeks"),
            models.CheckConstraint(condition=Q(minutes__range=(10, 240)), name="agreement_10_to_240_minutes"),
            models.CheckConstraint(condition=Q(reply_within_days__range=(1, 30)), name="agreement_reply_1_to_30_days"),
        ]

    def __str__(self) -> str:
        return f"Agreement of pair {self.pair_id}"


class AgreementVersionQuerySet(models.QuerySet["AgreementVersion"]):
    def signed_by_both(self) -> "AgreementVersionQuerySet":
        """The newest of them is in force."""
        return self.annotate(hands=Count("signatures")).filter(hands=2)


class AgreementVersion(models.Model):
    """What a version said, word for word, kept as it was saved. Number 0 is what the two began with."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField(help_text="[{field, question, answer}, …] in order, as shown when it was saved.")
    saved_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AgreementVersionQuerySet] = AgreementVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once")]

    def __str__(self) -> str:
        return f"Version {self.number} of agreement {self.agreement_id}"


class Signature(models.Model):
    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["signed_at"]
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="signature_once")]

    def __str__(self) -> str:
        return f"Signature of {self.person_id} under {self.version_id}"
