"""HR tries, two people at a time, to find out who is on whose rather-not list; and learns nothing."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from matching.actions.suggestions import approve
from matching.actions.swaps import swap
from matching.models import Suggestion
from mentoring.actions.pairs import decline
from mentoring.models import AuditEntry, Programme, Role
from notifications.models import Message
from tests.builders import make_dana, make_programme, make_rather_not, make_suggestion
from tests.matching.people import make_mentee, make_mentor

pytestmark = pytest.mark.django_db
KEEPS_APART = ("nobody", "Cleo from Bo", "Bo from Cleo", "Dov from Ann")


class Probe:
    """Ann and Bo, Cleo and Dov are suggested; Dana of HR would rather have Cleo and Bo, and Ann and Dov."""

    def __init__(self, client: Client) -> None:
        self.client, self.dana = client, make_dana()
        self.programme: Programme = make_programme()
        self.ann, self.cleo = make_mentor(self.programme, "Ann"), make_mentor(self.programme, "Cleo")
        self.bo, self.dov = make_mentee(self.programme, "Bo"), make_mentee(self.programme, "Dov")
        self.now = make_suggestion(programme=self.programme, mentor=self.ann, mentee=self.bo)
        self.other = make_suggestion(programme=self.programme, mentor=self.cleo, mentee=self.dov)

    def keep_apart(self, words: str) -> None:
        people = {person.name: person for person in (self.ann, self.bo, self.cleo, self.dov)}
        if words != "nobody":
            one, other = words.split(" from ")
            make_rather_not(person=people[one], others=[people[other]])

    def look(self) -> list[str]:
        """All that HR is told: before the swap, after it, and once somebody has said a private no."""
        told = [self.page("suggestion-swap", self.now.pk)]
        made = swap(self.now, keep=Role.MENTEE, partner=self.cleo, by=self.dana, instead_of=self.other.pk)
        told += [f"{new} {new.score} {new.criteria} {new.exceptions}" for new in made]
        told.append(self.page("approval", self.programme.pk))
        for new in made:
            pair = approve(new, by=self.dana)
            told += [pair.get_status_display(), str(pair.awaits)]
            assert pair.awaits is not None
            decline(pair, by=pair.awaits)
        told.append(self.page("approval", self.programme.pk))
        told += [suggestion.get_status_display() for suggestion in Suggestion.objects.order_by("pk")]
        told += list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
        return told

    def page(self, name: str, pk: int) -> str:
        self.client.force_login(self.dana.user)
        html = self.client.get(reverse(name, args=[pk])).content.decode()
        html = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]*"', "", html)
        return re.sub(r"\d+", "#", html[html.index("<main") :])


def test_whatever_hr_tries_with_two_people_it_reads_the_same_with_and_without_a_list(client: Client) -> None:
    told = {}
    for words in KEEPS_APART:
        with transaction.atomic():
            probe = Probe(client)
            probe.keep_apart(words)
            told[words] = probe.look()
            transaction.set_rollback(True)

    assert "Cleo" in told["nobody"][0]
    assert all(answer == told["nobody"] for answer in told.values())


def test_whom_hr_put_together_may_say_no_in_private_and_the_other_never_hears_of_it(client: Client) -> None:
    probe = Probe(client)
    make_rather_not(person=probe.cleo, others=[probe.bo])
    [first, _] = swap(probe.now, keep=Role.MENTEE, partner=probe.cleo, by=probe.dana, instead_of=probe.other.pk)

    pair = approve(first, by=probe.dana)
    decline(pair, by=probe.cleo)

    assert pair.awaits == probe.cleo  # the junior is asked first
    assert not Message.objects.filter(recipient=probe.bo.user).exists()
