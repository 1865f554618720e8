"""What stays of a pair that is over: the words of its two, certificates to share, causes to count."""

import uuid
from typing import ClassVar

from django.core import signing
from django.db import models
from django.db.models import Q

from mentoring.models.pair import Pair
from mentoring.models.person import Person
from mentoring.models.programme import Programme
from mentoring.models.user import User
from mentoring.private import PrivateTextField

SALT = "mentoring.certificate"


class ClosingWordsQuerySet(models.QuerySet["ClosingWords"]):
    def visible_to(self, user: User) -> "ClosingWordsQuerySet":
        """Their author; the partner where the author wishes it; nobody else."""
        partner = Q(is_shown=True) & (Q(pair__mentor=user.pk) | Q(pair__mentee=user.pk))
        return self.filter(Q(person=user.pk) | partner)


class ClosingWords(models.Model):
    """What one of the two learned, and what changed, in their own words."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="closing_words")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    learned = PrivateTextField(max_length=1000, blank=True, default="")
    changed = PrivateTextField(max_length=1000, blank=True, default="")
    is_shown = models.BooleanField(default=False, help_text="Whether the partner may read them.")
    written_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[ClosingWordsQuerySet] = ClosingWordsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "person"], name="closing_words_once")]

    def __str__(self) -> str:
        return "Closing words"


class SharedCertificate(models.Model):
    """One person's certificate of a pair behind an open address, until they take it back."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="shared_certificates")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    number = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    shared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "person"], name="certificate_shared_once")]

    def __str__(self) -> str:
        return f"Certificate of person {self.person_id} for pair {self.pair_id}"

    @property
    def token(self) -> str:
        """What its address carries. It cannot be made from the database alone."""
        return signing.dumps(self.number.hex, salt=SALT)

    @classmethod
    def of_token(cls, token: str) -> "SharedCertificate | None":
        try:
            number = uuid.UUID(signing.loads(token, salt=SALT))
        except (signing.BadSignature, ValueError, TypeError, AttributeError):
            return None
        return cls.objects.filter(number=number).first()


class EarlyEnd(models.Model):
    """Why somebody ended a pair early, for counting alone: nothing leads from here to the pair, a person or a day."""

    class Cause(models.TextChoices):
        TIME = "time", "There was too little time"
        WORK = "work", "My work changed"
        SKILL = "skill", "It was another skill that I need"
        MATCH = "match", "We were not the right match"
        FREE = "free", "I did not feel free to speak"
        DONE = "done", "I have what I came for"
        OTHER = "other", "Something else"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="early_ends")
    cause = models.CharField(max_length=6, choices=Cause.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cause__in=["time", "work", "skill", "match", "free", "done", "other"]),
                name="early_end_cause_known",
            )
        ]

    def __str__(self) -> str:
        return self.cause
