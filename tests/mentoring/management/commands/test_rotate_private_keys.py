from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.conf import LazySettings
from django.core.management import call_command

from mentoring.actions import worksheet
from mentoring.models import RatherNotList
from tests.builders import make_alice, make_bob

pytestmark = pytest.mark.django_db


def test_the_command_says_how_much_it_encrypted_anew(settings: LazySettings) -> None:
    alice, bob, out = make_alice(), make_bob(), StringIO()
    worksheet.add_rather_not(alice, bob)
    new = Fernet.generate_key().decode()
    settings.PRIVATE_TEXT_KEYS = [new, *settings.PRIVATE_TEXT_KEYS]

    call_command("rotate_private_keys", batch=10, stdout=out)

    assert "mentoring.RatherNotList.keys: 1 encrypted anew" in out.getvalue()
    settings.PRIVATE_TEXT_KEYS = [new]
    assert RatherNotList.objects.get().person_ids == [bob.pk]
