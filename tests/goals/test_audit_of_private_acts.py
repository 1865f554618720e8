"""What somebody does privately stands in the audit in nobody's name, or not at all; HR reads it."""

import datetime as dt

import pytest
from django.utils import timezone

from goals.actions import check_ins, feedback, hands, surveys
from mentoring.actions import closings, impressions, notes, quizzes, worksheet
from mentoring.models import AuditEntry
from tests.builders import make_check_in, make_dana, make_meeting, make_pair, make_sheet, make_survey

pytestmark = pytest.mark.django_db
ANSWERS = {"happiness": 1, "information": 2, "progress": 1, "help_wanted": "hr", "words": "", "share_with_hr": False}
WORDS = {"situation": "On Tuesday.", "saw": "Two mails.", "effect": "I left out half.", "next": "Mails first?"}


def test_check_ins_feedback_and_raised_hands_name_nobody() -> None:
    pair, dana = make_pair(), make_dana()
    alice, bob = pair.people

    check_ins.answer(make_check_in(pair=pair, person=alice), by=alice, answers=ANSWERS)
    given = feedback.give(pair, by=alice, words=WORDS, at_once=True)
    feedback.thank(given, by=bob)
    feedback.keep(given, by=bob, kept=True)
    feedback.ask(given, by=bob, question="Which?")
    feedback.reply(given, by=alice, answer="This.")
    feedback.take_back(feedback.give(pair, by=bob, words=WORDS, at_once=False), by=bob)
    hand = hands.raise_hand(bob, topic="other", text="Help")
    hands.close(hands.write(hand, by=bob, text="More").hand, by=bob)

    assert dana.user.outbox.exists()
    assert {row.by for row in AuditEntry.objects.all()} == {None}


def test_taps_notes_quiz_survey_lists_and_words_at_the_end_leave_no_row() -> None:
    pair = make_pair(status="completed", finished_at=timezone.now())
    alice, bob = pair.people
    met = make_meeting(pair=pair, starts_at=timezone.now() - dt.timedelta(days=1), status="held")
    survey = make_survey(programme=pair.programme)
    sheet = make_sheet(survey=survey, person=alice)

    impressions.say(met, by=alice, learned="nobody", talked="other")
    notes.keep_on_meeting(met, by=alice, text="Only mine")
    quizzes.keep(alice, {})
    surveys.answer(sheet, by=alice, values={statement.pk: 3 for statement in survey.statements.all()})
    worksheet.add_rather_not(alice, bob)
    closings.write(pair, by=bob, learned="To listen", changed="Nothing", is_shown=False)

    assert not AuditEntry.objects.exists()
