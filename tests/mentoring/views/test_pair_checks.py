from typing import Any

import pytest
from django.urls import reverse

from mentoring.models import PairConcern
from tests.builders import make_concern, make_dana, make_pair
from tests.support.clients import client_of

pytestmark = pytest.mark.django_db


def test_the_list_takes_the_same_number_of_queries_for_one_and_for_three(django_assert_max_num_queries: Any) -> None:
    client = client_of(make_dana())
    make_concern()
    with django_assert_max_num_queries(12) as one:
        client.get(reverse("pair-check-list"))
    for _ in range(2):
        make_concern(pair=make_pair())
    with django_assert_max_num_queries(len(one)):
        page = client.get(reverse("pair-check-list"))

    assert page.content.decode().count("Keep the pair") == 3


def test_hr_decides_on_the_page() -> None:
    concern, client = make_concern(), client_of(make_dana())

    client.post(reverse("pair-check-decide", args=[concern.pk]), {"decision": "kept"})
    client.post(reverse("pair-check-decide", args=[concern.pk]), {"decision": "nonsense"})
    page = client.post(reverse("pair-check-decide", args=[concern.pk]), {"decision": "ended"}, follow=True)

    assert PairConcern.objects.get().status == PairConcern.Status.KEPT
    assert "Dana has decided on this meanwhile." in page.content.decode()
