"""What stands in the columns of a file, for HR to tell what each holds."""

import pytest

from mentoring.actions.imports import start
from mentoring.models import PeopleImport
from tests.mentoring.actions.imports.files import read

pytestmark = pytest.mark.django_db


def test_the_first_values_of_each_column_are_shown_once_each() -> None:
    job = read(
        "1;Ann;ann@x.example;Sales", "2;Ben\x07;;Sales", "3;Cleo", "4;Dan;d@x.example;HR", head="No;Wer;Post;Wo;Leer"
    )

    assert start.samples(job) == ["1, 2, 3", "Ann, Cleo", "ann@x.example", "Sales", ""]


def test_of_a_file_that_is_gone_or_too_large_nothing_is_shown() -> None:
    job = read("1,Ann,ann@x.example", head="No,Wer,Post")
    too_large = PeopleImport(pk=job.pk, headings=job.headings, size=start.MOST_SAMPLED + 1)
    job.chunks.all().delete()

    assert (start.samples(job), start.samples(too_large)) == ([], [])
