"""The page on which people choose which messages reach them, how, and how often."""

import datetime as dt
from typing import Any

from django import forms
from django.db import transaction

from notifications import digests
from notifications.choices import stop_mail
from notifications.kinds import Kind, switchable_for
from notifications.models import Preference, Rhythm
from notifications.readers import Reader


class PreferencesForm(forms.Form):
    """How often mail comes, and two boxes for each kind: by e-mail, in the app."""

    every = forms.ChoiceField(label="How often", choices=Rhythm.Every.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.kinds = user, switchable_for(is_hr=user.is_hr)
        self.rhythm = Rhythm.objects.filter(pk=user.pk).first() or Rhythm(pk=user.pk)
        self.fields["every"].initial = self.rhythm.every
        chosen = {p.kind: p for p in Preference.objects.filter(user=user.pk)}
        for kind in self.kinds:
            choice = chosen.get(kind)
            for way, label in (("by_email", "By e-mail"), ("in_app", "In the app")):
                self.fields[f"{kind}-{way}"] = forms.BooleanField(
                    label=label, required=False, initial=getattr(choice, way) if choice else True
                )

    def rows(self) -> list[tuple[Kind, forms.BoundField, forms.BoundField]]:
        """(kind, its e-mail box, its app box), in the order of the page."""
        return [(kind, self[f"{kind}-by_email"], self[f"{kind}-in_app"]) for kind in self.kinds]

    @transaction.atomic
    def save(self, now: dt.datetime) -> None:
        for kind in self.kinds:
            ways = {way: self.cleaned_data[f"{kind}-{way}"] for way in ("by_email", "in_app")}
            Preference.objects.update_or_create(user_id=self.user.pk, kind=kind, defaults=ways)
        stop_mail(self.user.pk, [kind for kind in self.kinds if not self.cleaned_data[f"{kind}-by_email"]])
        digests.choose(self.user, self.cleaned_data["every"], now=now)
