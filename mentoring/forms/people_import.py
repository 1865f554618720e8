"""HR's forms around an import of people."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from mentoring.actions.imports.start import MOST_BYTES
from mentoring.imports.columns import COLUMNS
from mentoring.imports.files import ENCODINGS
from mentoring.models import PeopleImport

UNUSED, AUTOMATIC = "unused", "automatic"
HOLDS = ((UNUSED, "Not used"), *((column.name, column.label) for column in COLUMNS))


class ImportFileForm(forms.Form):
    file = forms.FileField(
        label="File",
        help_text="CSV or XLSX, as the HR system exports it. Encoding, separator and columns are recognised.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"required": "Choose a file first.", "empty": "This file is empty."},
    )

    def clean_file(self) -> "UploadedFile[Any]":
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if (upload.size or 0) > MOST_BYTES:
            raise ValidationError(f"This file is larger than {MOST_BYTES // 2**20} MB. Is it the right one?")
        return upload


class ColumnsForm(forms.Form):
    """What each column of the file holds, and how the file is to be read."""

    encoding = forms.ChoiceField(
        label="Encoding", choices=[(AUTOMATIC, "Found by itself"), *ENCODINGS.items()],
        help_text="Choose another one where names show strange letters.",
    )  # fmt: skip
    date_order = forms.ChoiceField(
        label="Days such as 03/04/2026",
        choices=[(AUTOMATIC, "Found by itself, where the file shows it"), *PeopleImport.Order.choices],
    )

    def __init__(self, data: QueryDict | None = None, *, job: PeopleImport, samples: Sequence[str] = ()) -> None:
        """`samples` shows of each column what stands in the file."""
        super().__init__(
            data, initial={"encoding": job.encoding or AUTOMATIC, "date_order": job.date_order or AUTOMATIC}
        )
        self.headings: Sequence[str] = job.headings
        for place, (heading, holds) in enumerate(zip(job.headings, job.columns, strict=True)):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=heading or f"(column {place + 1}, without a heading)",
                choices=HOLDS,
                initial=holds or UNUSED,
                help_text=f"In the file: {samples[place]}" if place < len(samples) and samples[place] else "",
            )

    def clean(self) -> dict[str, Any]:
        """No two columns hold the same."""
        data = super().clean() or {}
        first: dict[str, str] = {}
        for place, heading in enumerate(self.headings):
            holds = data.get(f"column-{place}", UNUSED)
            if holds in first:
                self.add_error(f"column-{place}", f"“{first[holds]}” holds this already. Set one to “Not used”.")
            elif holds != UNUSED:
                first[holds] = heading
        return data

    @property
    def columns(self) -> list[str]:
        return [self._chosen(f"column-{place}") for place, _ in enumerate(self.headings)]

    @property
    def reading(self) -> dict[str, str]:
        return {name: self._chosen(name) for name in ("encoding", "date_order")}

    def _chosen(self, name: str) -> str:
        """What HR chose; nothing where it is to be found, or not used."""
        value: str = self.cleaned_data[name]
        return "" if value in (UNUSED, AUTOMATIC) else value


class ApplyForm(forms.Form):
    """HR's yes; the leavers need a tick of their own."""

    with_leavers = forms.BooleanField(required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
