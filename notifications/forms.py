"""The page on which people choose which messages reach them, and how."""

from typing import Any

from django import forms
from django.db import transaction

from notifications.kinds import SWITCHABLE, Kind
from notifications.models import Preference
from notifications.readers import Reader


class PreferencesForm(forms.Form):
    """Two boxes for each kind: by e-mail, in the app."""

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        chosen = {p.kind: p for p in Preference.objects.filter(user=user.pk)}
        for kind in SWITCHABLE:
            choice = chosen.get(kind)
            for way, label in (("by_email", "By e-mail"), ("in_app", "In the app")):
                self.fields[f"{kind}-{way}"] = forms.BooleanField(
                    label=label, required=False, initial=getattr(choice, way) if choice else True
                )

    def rows(self) -> list[tuple[Kind, forms.BoundField, forms.BoundField]]:
        """(kind, its e-mail box, its app box), in the order of the page."""
        return [(kind, self[f"{kind}-by_email"], self[f"{kind}-in_app"]) for kind in SWITCHABLE]

    @transaction.atomic
    def save(self) -> None:
        for kind in SWITCHABLE:
            ways = {way: self.cleaned_data[f"{kind}-{way}"] for way in ("by_email", "in_app")}
            Preference.objects.update_or_create(user_id=self.user.pk, kind=kind, defaults=ways)
