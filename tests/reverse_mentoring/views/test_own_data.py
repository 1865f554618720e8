"""The download of one's own data: whatever points to a person is in it, or stands here with the reason why not."""

import datetime as dt
import json

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from goals.actions import brainstorms, feedback, hands
from goals.models import Brainstorm
from matching.models import SavedView
from mentoring.actions import agreed_steps, impressions, quizzes
from mentoring.models import ClosingWords, IntroductionAnswer, Pair, Person, User
from mentoring.quiz import load_quiz
from notifications.digests import choose
from tests.builders import make_check_in, make_dana, make_goal, make_meeting, make_note, make_pair

# Model and field → the section of the download, or why there is none.
SECTIONS = {
    "goals.AgreementVersion.saved_by": "versions_saved", "goals.CheckIn.person": "check_ins",
    "goals.Decision.owner": "brainstorm_decisions_of_mine", "goals.Feedback.author": "feedback_given",
    "goals.Feedback.receiver": "feedback_received", "goals.Goal.learner": "goals", "goals.Hand.person": "hands_raised",
    "goals.HandMessage.author": "what_i_wrote_to_hr", "goals.Sheet.person": "surveys",
    "goals.Signature.person": "signatures", "goals.Thought.author": "brainstorm_lines",
    "goals.Thought.chosen_by": "brainstorm_lines_chosen", "matching.SavedView.person": "saved_views",
    "matching.Suggestion.asked_by": "requests", "mentoring.AgreedStep.owner": "next_steps_of_mine",
    "mentoring.AuditEntry.by": "audit", "mentoring.CalendarFeed.person": "calendar_addresses",
    "mentoring.ClosingWords.person": "words_at_the_end", "mentoring.Enrolment.person": "enrolments",
    "mentoring.Impression.person": "how_meetings_were", "mentoring.Improvement.author": "you_said_we_did",
    "mentoring.IntroductionAnswer.person": "answers_after_introductions",
    "mentoring.Invitee.person": "named_as_one_who_may_join", "mentoring.Pair.ended_by": "pairs",
    "mentoring.Pair.junior": "pairs", "mentoring.Pair.mentee": "pairs", "mentoring.Pair.mentor": "pairs",
    "mentoring.Pair.no_from": "pairs", "mentoring.Person.manager": "profile", "mentoring.Person.user": "account",
    "mentoring.PrivateNote.author": "private_notes", "mentoring.QuizResult.person": "communication_quiz",
    "mentoring.RatherNotList.person": "rather_not", "mentoring.Reading.person": "who_has_seen_my_data",
    "mentoring.SharedCertificate.person": "certificates_shared", "mentoring.Skill.proposed_by": "skills_proposed",
    "mentoring.SkillOffer.person": "skill_offers", "mentoring.SkillWish.person": "skill_wishes",
    "mentoring.SwotEntry.person": "swot_worksheet", "notifications.Message.recipient": "messages",
    "notifications.Preference.user": "message_choices", "notifications.Rhythm.user": "how_often_mail_comes",
}  # fmt: skip
LEFT_OUT = {
    "goals.Agreement.edited_by": "the agreement itself and who saved which version are there",
    "goals.Brainstorm.agreed": "the lines and decisions are there; the audit tells who said yes",
    "insights.LeaderTally.person": "counted from the meetings",
    "insights.PairNeed.asker": "counted from what is there",
    "matching.BulkDecision.by": "HR's work on others; the audit tells that they did it",
    "matching.Comment.by": "HR's work on others; the audit tells that they did it",
    "matching.MatchingRun.started_by": "HR's work; the audit tells that they did it",
    "matching.Suggestion.asked": "their answer stands with the pair; a private no shows in no file",
    "matching.Suggestion.decided_by": "HR's work on others; the audit tells that they did it",
    "matching.Suggestion.mentee": "what HR has not approved is not theirs to know",
    "matching.Suggestion.mentor": "what HR has not approved is not theirs to know",
    "mentoring.HelpOffer.by": "HR's work on others; the audit tells that they did it",
    "mentoring.HelpOffer.to": "the message that it sent is there",
    "mentoring.ImportRow.person": "deleted with its file; what it changed is in the audit",
    "mentoring.Invitation.invited_by": "the audit tells whom they invited",
    "mentoring.Meeting.cancelled_by": "the audit tells what they did with meetings, which are there",
    "mentoring.Meeting.logged_by": "the audit tells what they did with meetings, which are there",
    "mentoring.Meeting.planned_by": "the audit tells what they did with meetings, which are there",
    "mentoring.MeetingReminder.person": "follows from meetings and working hours",
    "mentoring.PairConcern.decided_by": "HR's work on others; the audit tells that they did it",
    "mentoring.PeopleImport.by": "HR's work; the audit tells that they did it",
    "mentoring.Photo.person": "a picture, which their profile shows and gives",
    "mentoring.Programme.created_by": "HR's work; the audit tells that they did it",
    "mentoring.Reading.reader": "whose data they read is that person's",
    "mentoring.ReportingLine.person": "follows from the line managers",
}


def downloaded(person: Person) -> str:
    client = Client()
    client.force_login(person.user)
    return client.get("/my-data/download/").content.decode()


@pytest.mark.django_db
def test_whatever_points_to_a_person_is_in_the_download_or_is_left_out_for_a_reason() -> None:
    ours = {"goals", "insights", "matching", "mentoring", "notifications"}
    pointing = {
        f"{model._meta.label}.{each.name}"
        for model in apps.get_models()
        if model._meta.app_label in ours
        for each in model._meta.get_fields()
        if each.is_relation and not each.auto_created and each.related_model in (Person, User)
    }

    data = json.loads(downloaded(make_dana()))

    assert pointing == set(SECTIONS) | set(LEFT_OUT)
    assert set(SECTIONS.values()) <= set(data)


def say_everything(pair: Pair, me: Person, word: str) -> None:
    """All that one of the two says somewhere, each with a word to know it by."""
    session = pair.brainstorms.get()
    line = brainstorms.write(session, by=me, part="way", text=f"line {word}")
    brainstorms.choose(line, by=me, chosen=True)
    brainstorms.decide(line, by=me, plan=brainstorms.Plan(kind="step", owner=me, text=f"decided {word}"))
    given = feedback.give(pair, by=me, words={name: f"{name} {word}" for name in feedback.PARTS}, at_once=True)
    feedback.ask(given, by=pair.partner_of(me), question=f"question to {word}")
    feedback.reply(given, by=me, answer=f"answer {word}")
    hands.raise_hand(me, topic="other", text=f"hand {word}")
    impressions.say(pair.meetings.get(), by=me, learned="nobody")
    agreed_steps.agree(pair, by=me, owner=me, text=f"step {word}")
    quizzes.keep(me, {statement.key: 5 for statement in load_quiz().statements})
    choose(me.user, "weekly", now=timezone.now())
    make_note(pair=pair, author=me, text=f"note {word}")
    make_check_in(pair=pair, person=me, status="answered", words=f"check-in {word}")
    make_goal(pair=pair, learner=me, title=f"goal {word}").evidence.create(text=f"evidence {word}")
    ClosingWords.objects.create(pair=pair, person=me, learned=f"learned {word}", changed=f"changed {word}")
    IntroductionAnswer.objects.create(pair=pair, person=me, goes_on=False)
    SavedView.objects.create(person=me, name=f"view {word}", query="q=1")


@pytest.mark.django_db
def test_what_somebody_said_anywhere_is_in_their_download_and_what_the_partner_said_is_not() -> None:
    pair = make_pair()
    make_dana()
    make_meeting(pair=pair, starts_at=timezone.now() - dt.timedelta(days=1), status="held")
    Brainstorm.objects.create(pair=pair, look_at=timezone.now() + dt.timedelta(days=20))
    say_everything(pair, pair.mentor, "hers")
    say_everything(pair, pair.mentee, "his")

    text = downloaded(pair.mentor)

    spoken = [*feedback.PARTS, "line", "decided", "answer", "hand", "step", "note", "check-in", "goal", "evidence",
              "learned", "changed", "view"]  # fmt: skip
    data = json.loads(text)
    assert [word for word in spoken if f'"{word} hers"' not in text] == []
    assert [word for word in spoken if f'"{word} his"' in text] == []
    assert "question to his" in text
    assert "question to hers" not in text
    assert data["answers_after_introductions"] == [{"pair": pair.pk, "goes_on": False}]
    assert [row["learned"] for row in data["how_meetings_were"]] == ["nobody"]
    assert set(data["communication_quiz"]["answers"].values()) == {5}
    assert data["how_often_mail_comes"] == ["weekly"]
