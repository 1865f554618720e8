"""What HR people keep beside the suggestions: their views of the table, and words to each other."""

from typing import ClassVar

from django.core.validators import MinLengthValidator
from django.db import models

from matching.models.suggestion import Suggestion
from mentoring.models import Person, User
from mentoring.private import PrivateTextField


class SavedView(models.Model):
    """A filter of the table under a name, for the one who kept it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=40, validators=[MinLengthValidator(1)])
    query = models.CharField(max_length=600, help_text="As it stands in the address, without the page.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.name


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: User) -> "CommentQuerySet":
        """HR reads all but what colleagues write of a suggestion that they are in themselves."""
        if not user.is_hr:
            return self.none()
        return self.exclude(suggestion__mentor=user.pk).exclude(suggestion__mentee=user.pk)


class Comment(models.Model):
    """A word from one HR person to the others on a suggestion."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    text = PrivateTextField(max_length=600)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[CommentQuerySet] = CommentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"A comment on {self.suggestion}"
