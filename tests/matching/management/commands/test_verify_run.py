"""A stored run is checked again with the proof that was stored with it, as long as it is given the same."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from matching.actions import runs
from matching.engine.packing import compressed, unpacked
from matching.models import MatchingRun, RunRecord
from mentoring.actions import worksheet
from mentoring.models import Person, Programme, SkillOffer
from tests.builders import make_dana, make_programme, make_run
from tests.matching.people import make_mentee, make_mentor

pytestmark = pytest.mark.django_db
CHANGED = "What run .* was given has changed since"


def make_done_run(**rules: Any) -> tuple[MatchingRun, list[Person]]:
    """Of two mentors and three mentees."""
    programme = make_programme(**rules)
    people = [make_mentor(programme, f"Mentor {number}", level=2 + number) for number in range(2)]
    people += [make_mentee(programme, f"Mentee {number}") for number in range(3)]
    run = runs.start_run(programme, by=make_dana())
    runs.carry_out(run.pk)
    return MatchingRun.objects.get(pk=run.pk), people


def verified(run: MatchingRun) -> str:
    out = StringIO()
    call_command("verify_run", run.pk, stdout=out)
    return out.getvalue().strip()


@pytest.mark.parametrize("worst_off_first", [False, True])
def test_a_run_holds_as_long_as_it_is_given_the_same(worst_off_first: bool) -> None:
    run, _ = make_done_run(worst_off_first=worst_off_first)

    total = run.summary["total"]
    expected = f"Run {run.pk} holds: 4 places filled of at most 4, total {total}, proven to be the best."
    assert verified(run) == expected
    assert verified(run) == expected


def test_what_changed_since_is_not_said() -> None:
    run, (mentor, *_, mentee) = make_done_run()

    worksheet.add_rather_not(mentor, mentee)
    with pytest.raises(CommandError, match=CHANGED) as by_list:
        verified(run)
    worksheet.remove_rather_not(mentor, mentee.pk)
    holds = verified(run)
    SkillOffer.objects.filter(person=mentor).update(level=5)
    with pytest.raises(CommandError, match=CHANGED) as by_offer:
        verified(run)

    assert holds.startswith(f"Run {run.pk} holds")
    assert str(by_list.value) == str(by_offer.value)
    assert by_list.value.returncode == by_offer.value.returncode == 3


@pytest.mark.parametrize("part", ["answer.mentee", "pairs", "left_out"])
def test_a_record_that_was_tampered_with_fails(part: str) -> None:
    run, _ = make_done_run()
    kept = RunRecord.objects.get(run=run)
    arrays = unpacked(kept.content)
    arrays[part] = arrays[part][:-1] if part != "answer.mentee" else arrays[part] - 1
    kept.content = compressed(**arrays)
    kept.save()

    with pytest.raises(CommandError, match=f"Run {run.pk} fails its check"):
        verified(run)


def test_the_record_is_sealed() -> None:
    run, _ = make_done_run()

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM matching_runrecord")
        [[stored]] = cursor.fetchall()

    assert b"PK" in RunRecord.objects.get(run=run).content[:4]
    assert bytes(stored).startswith(b"gAAAA")


def test_a_run_without_an_answer_or_a_record_is_named() -> None:
    programme: Programme = make_programme()
    waiting = make_run(programme=programme, status=MatchingRun.Status.QUEUED)
    old = make_run(programme=make_programme(name="Another"), status=MatchingRun.Status.DONE)

    for pk, problem in (
        (waiting.pk, f"Run {waiting.pk} has no answer: it is waiting for a worker."),
        (old.pk, f"No proof was stored with run {old.pk}: it is older than that."),
        (999_999, "There is no run 999999."),
    ):
        with pytest.raises(CommandError) as refused:
            call_command("verify_run", pk)
        assert str(refused.value) == problem
