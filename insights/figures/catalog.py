"""Every figure of the dashboards: its name, what it means, and how it is computed.

To add one: count its measure in insights/rollup/ and describe it here; cards, pages, filters and exports follow.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    COUNT = "count"  # how many
    SHARE = "share"  # total of n
    LATEST = "latest"  # share in the last month
    RATE = "rate"  # the total of one measure for each month of another
    QUARTILES = "quartiles"  # of a spread over values
    MEAN = "mean"  # total by n
    CHANGE = "change"  # mean with its interval
    PARTS = "parts"  # shares of each value


@dataclass(frozen=True)
class Figure:
    """A `private` figure is about private answers and comes from what is published; one `by_pair` counts both people
    of each pair.
    """

    slug: str
    title: str
    group: str
    kind: Kind
    measures: tuple[str, ...]
    unit: str
    definition: str
    computed: str
    of: tuple[str, str] = ("person", "people")
    by_pair: bool = False
    private: bool = False
    tone: str = ""


FUNNEL, KEY, START, MEET, FEEL, LEARN, BRIDGE, END = (
    "How far people have come",
    "The four key points",
    "Coming together",
    "Meeting",
    "Being heard",
    "Learning",
    "Bridges built",
    "Endings",
)
PAIRS = ("pair", "pairs")
MONTHS = ("pair-month", "pair-months")
ANSWERS = ("answer", "answers")
GOALS = ("goal", "goals")

FIGURES = (
    Figure("enrolled", "Enrolled", FUNNEL, Kind.COUNT, ("enrolled",), "", "People who said yes to the programme.",
           "One for each enrolment that stands, or that led to a suggestion or a pair; in the month of the yes."),
    Figure("suggested", "Suggested", FUNNEL, Kind.COUNT, ("suggested",), "", "People in a suggestion or a pair.",
           "One for each enrolled person, in the month of their first suggestion that is open or approved, or pair."),
    Figure("active", "In a pair", FUNNEL, Kind.COUNT, ("active",), "", "People in a pair that started.",
           "One for each enrolled person, in the month in which their first pair started."),
    Figure("completed", "Completed", FUNNEL, Kind.COUNT, ("completed",), "", "People in a pair that was completed.",
           "One for each enrolled person, in the month in which their first pair was completed."),
    Figure("exchange", "Mutually beneficial", KEY, Kind.SHARE, ("exchange",), "%",
           "Pairs in which both learn: each covers a wish of the other.",
           "Of the pairs that have met: those that are a mutual exchange, or whose agreement names skills each way; "
           "in the month in which the pair started.", PAIRS, by_pair=True, tone="back"),
    Figure("signed", "Clear goals and expectations", KEY, Kind.SHARE, ("signed",), "%",
           "Pairs with an agreement that both signed.",
           "Of the pairs that started at least three weeks ago: those with a version of the agreement signed by both; "
           "in the month in which the pair started.", PAIRS, by_pair=True, tone="accent"),
    Figure("regular", "Honest talk, regular meetings", KEY, Kind.SHARE, ("regular",), "%",
           "Months in which a pair met at least once.",
           "Of the months in which a pair ran for at least 15 days: those with a meeting that took place.", MONTHS,
           by_pair=True, tone="accent"),
    Figure("moved", "Open to teaching and learning", KEY, Kind.SHARE, ("moved",), "%",
           "Goals on which something was learned in a month.",
           "Of the goals open in a month: those with a new view of the learner's own progress, or with a milestone "
           "done, in that month.", GOALS, private=True, tone="back"),
    Figure("days-to-pair", "From enrolment to pair", START, Kind.QUARTILES, ("days_to_pair",), "days",
           "How long people waited for their first pair to start.",
           "Whole days from a person's yes to the start of their first pair: the middle one of all, and between which "
           "two the middle half lies; in the month of the start."),
    Figure("days-to-meeting", "From enrolment to first meeting", START, Kind.QUARTILES, ("days_to_meeting",), "days",
           "How long people waited for their first meeting.",
           "Whole days from a person's yes to the first meeting that took place: the middle one of all, and between "
           "which two the middle half lies; in the month of the meeting."),
    Figure("pace", "Meetings a pair-month", MEET, Kind.RATE, ("held", "running"), "",
           "How often a pair meets in a month.",
           "Meetings that took place, divided by the months that pairs were running (30.44 days each; paused time "
           "counts).", MONTHS, by_pair=True, tone="accent"),
    Figure("next-date", "Next date set", MEET, Kind.LATEST, ("next_date",), "%",
           "Running pairs that know when they will meet again.",
           "Of the pairs running at the end of a month, or now: those with a meeting ahead that had been planned by "
           "then and was not cancelled. Of several months the last one counts.", PAIRS, by_pair=True),
    Figure("by-senior", "Cancelled by the senior", MEET, Kind.SHARE, ("by_senior",), "%",
           "Meetings that the more senior person called off.",
           "Of all meetings whose time has come: those that the more senior of the two cancelled.",
           ("meeting", "meetings"), private=True),
    Figure("by-junior", "Cancelled by the junior", MEET, Kind.SHARE, ("by_junior",), "%",
           "Meetings that the more junior person called off.",
           "Of all meetings whose time has come: those that the more junior of the two cancelled.",
           ("meeting", "meetings"), private=True),
    Figure("response", "Check-ins answered", FEEL, Kind.SHARE, ("response",), "%",
           "Check-ins that were answered.",
           "Of the check-ins that were answered or ran out in a month: those answered.", ("check-in", "check-ins"),
           private=True),
    Figure("happiness", "Happy with the pair", FEEL, Kind.MEAN, ("happiness",), "of 5",
           "Answers to “Are you happy with it?”, from 1 (not at all) to 5 (very much).",
           "The mean of the answers of a month.", ANSWERS, private=True, tone="back"),
    Figure("information", "Get what they need", FEEL, Kind.MEAN, ("information",), "of 5",
           "Answers to “Do you get what you need?”, from 1 (not at all) to 5 (very much).",
           "The mean of the answers of a month.", ANSWERS, private=True, tone="back"),
    Figure("talked-even", "Both talked", FEEL, Kind.SHARE, ("talked_even",), "%",
           "Meetings after which people said that both talked about as much.",
           "Of the answers to “Who talked?” after the meetings of a month: those that say “About even”. What comes "
           "once the month is published counts in none.", ANSWERS, private=True, tone="back"),
    Figure("both-learned", "Both learned", LEARN, Kind.SHARE, ("both_learned",), "%",
           "Meetings after which people said that both learned something.",
           "Of the answers to “Who learned something?” after the meetings of a month: those that say “Both of us”. "
           "What comes once the month is published counts in none.", ANSWERS, private=True, tone="back"),
    Figure("on-track", "Goals on track", LEARN, Kind.SHARE, ("on_track",), "%",
           "Goals on which the learner is as far as the time that has gone.",
           "Of the goals rated in a month (the last view counts): those with a progress of at least the share of the "
           "goal's time that was gone; a goal without a date has half a year.", GOALS, private=True),
    Figure("learned", "Skills learned", LEARN, Kind.CHANGE, ("learned",), "levels",
           "How many levels learners moved between the start and the end of a goal, on a scale from 0 to 5.",
           "Of the goals closed in a month: the mean of the learner's level at the end minus the one at the start, "
           "with its 95 % interval (normal, from the spread between goals). It is their own view.", GOALS, private=True,
           tone="back"),
    Figure("levels", "Levels bridged", BRIDGE, Kind.QUARTILES, ("levels",), "levels",
           "Grades between the two people of a pair.",
           "Steps of the company's scale between the two, as they stand today: the middle pair, and between which two "
           "the middle half lies; in the month in which the pair started.", PAIRS, by_pair=True, tone="back"),
    Figure("departments", "Across departments", BRIDGE, Kind.SHARE, ("departments",), "%",
           "Pairs that join two departments.", "Of the pairs that started and whose departments are known; in the "
           "month in which the pair started.", PAIRS, by_pair=True),
    Figure("sites", "Across sites", BRIDGE, Kind.SHARE, ("sites",), "%",
           "Pairs that join two sites.", "Of the pairs that started and whose sites are known; in the month in which "
           "the pair started.", PAIRS, by_pair=True),
    Figure("tenure", "Years bridged", BRIDGE, Kind.QUARTILES, ("tenure",), "years",
           "Years in the company between the two people of a pair.",
           "Whole years between the days on which the two joined: the middle pair, and between which two the middle "
           "half lies; in the month in which the pair started.", PAIRS, by_pair=True),
    Figure("ended", "Ended early", END, Kind.SHARE, ("ended",), "%",
           "Pairs that ended before they were completed.",
           "Of the pairs that were completed or ended in a month: those that ended early.", PAIRS, by_pair=True),
    Figure("ended-how", "What early ends have in common", END, Kind.PARTS, ("ended_how",), "",
           "How far pairs had come that ended early. Their private reasons are nobody's figure.",
           "Of the pairs that ended early in a month: whether somebody left the company, else how often they had met.",
           PAIRS, by_pair=True),
)  # fmt: skip
BY_SLUG = {figure.slug: figure for figure in FIGURES}
GROUPS = (START, MEET, FEEL, LEARN, BRIDGE, END)
HOW_ENDED = {1: "Somebody left", 2: "Before a meeting", 3: "After one meeting", 4: "After several"}


def of_group(group: str) -> list[Figure]:
    return [figure for figure in FIGURES if figure.group == group]
