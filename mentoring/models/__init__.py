"""People, skills, programmes, pairs, meetings, audit."""

from mentoring.models.after_meeting import AgreedStep, Impression
from mentoring.models.audit import AuditEntry
from mentoring.models.calendar_feed import CalendarFeed
from mentoring.models.closing import ClosingWords, EarlyEnd, SharedCertificate
from mentoring.models.enrolment import MAX_CAPACITY, Enrolment, Role, Seat
from mentoring.models.enrolment_question import EnrolmentAnswer, EnrolmentQuestion
from mentoring.models.help_offer import HelpOffer
from mentoring.models.improvement import Improvement, Publication
from mentoring.models.introduction import IntroductionAnswer
from mentoring.models.invitation import Invitation
from mentoring.models.meeting import Meeting, PrivateNote
from mentoring.models.meeting_reminder import MeetingReminder
from mentoring.models.organisation import Department, Grade, Site
from mentoring.models.pair import Pair
from mentoring.models.pair_check import PairConcern, PairWatch
from mentoring.models.people_import import ImportChunk, ImportProblem, ImportRow, PeopleImport
from mentoring.models.person import Channel, Person, Photo
from mentoring.models.programme import Invitee, Programme
from mentoring.models.quiz_result import QuizResult
from mentoring.models.reading import Reading
from mentoring.models.reporting_line import ReportingLine
from mentoring.models.skill import OfferLevel, Priority, Skill, SkillCategory, SkillOffer, SkillWish, WishLevel
from mentoring.models.states import TransitionError
from mentoring.models.user import User
from mentoring.models.worksheet import RatherNotList, SwotEntry

__all__ = [
    "MAX_CAPACITY", "AgreedStep", "AuditEntry", "CalendarFeed", "Channel", "ClosingWords", "Department", "EarlyEnd",
    "Enrolment", "EnrolmentAnswer", "EnrolmentQuestion", "Grade", "HelpOffer", "ImportChunk", "ImportProblem",
    "ImportRow", "Impression", "Improvement", "IntroductionAnswer", "Invitation", "Invitee", "Meeting",
    "MeetingReminder", "OfferLevel", "Pair", "PairConcern", "PairWatch", "PeopleImport", "Person", "Photo", "Priority",
    "PrivateNote", "Programme", "Publication", "QuizResult", "RatherNotList", "Reading", "ReportingLine", "Role",
    "Seat", "SharedCertificate", "Site", "Skill", "SkillCategory", "SkillOffer", "SkillWish", "SwotEntry",
    "TransitionError", "User", "WishLevel",
]  # fmt: skip
