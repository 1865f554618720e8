"""A programme's dates, rules and hours in plain words, for those who may join it."""

import datetime as dt

from mentoring.models import Department, Grade, Programme, Site

DAYS_A_MONTH = 30.44


def months(programme: Programme) -> int:
    """How many months it runs, at least one."""
    return max(round((programme.ends_on - programme.starts_on).days / DAYS_A_MONTH), 1)


def hours_a_month(programme: Programme) -> float:
    """What one pair takes of a person's time, in meetings of the longest length."""
    minutes = programme.meetings_planned * programme.meeting_minutes_to
    return round(minutes / 60 / months(programme) * 2) / 2 or 0.5


def rhythm(programme: Programme) -> str:
    """“6 meetings of 45–60 minutes in 6 months: about one hour a month”."""
    shortest, longest = programme.meeting_minutes_from, programme.meeting_minutes_to
    minutes = f"{longest} minutes" if shortest == longest else f"{shortest}–{longest} minutes"
    meetings = _number(programme.meetings_planned, "meeting")
    return f"{meetings} of {minutes} in {_number(months(programme), 'month')}: about {_hours(programme)} a month"


def _hours(programme: Programme) -> str:
    hours = hours_a_month(programme)
    if hours == 0.5:
        return "half an hour"
    return "one hour" if hours == 1 else f"{hours:g} hours"


def rules(programme: Programme) -> list[str]:
    """Whom the matching puts together, one sentence for each rule that is on."""
    gap, hours = programme.min_grade_gap, programme.min_overlap_hours
    sentences = []
    if programme.apply_grade_gap:
        sentences.append(
            f"The mentor stands at least {_number(gap, 'grade')} below the mentee." if gap
            else "The mentor stands no higher than the mentee."
        )  # fmt: skip
    else:
        sentences.append("Grades do not matter: anybody may learn from anybody.")
    if programme.no_reporting_line:
        sentences.append("Nobody is paired with somebody they report to, or who reports to them.")
    if programme.shared_language:
        sentences.append("Both speak a language in common.")
    if hours:
        sentences.append(f"Your working hours meet for at least {_number(hours, 'hour')} a day.")
    sentences.append(f"You have {_number(programme.answer_within_days, 'day')} to answer an invitation to a pair.")
    if programme.has_introduction:
        sentences.append("You meet for half an hour before you commit; then each says privately whether to go on.")
    sentences.append("Nothing starts before both of you have said yes, and a no needs no reason.")
    return sentences


def audience(programme: Programme) -> str:
    """Who may join: “Colleagues in Sales or Finance, of grade 1, and 12 people who are named.”"""
    if programme.is_for_everybody:
        return "Everybody in the company."
    parts = [
        f"{opening} {_either(list(model._default_manager.filter(pk__in=keys).values_list('name', flat=True)))}"
        for opening, model, keys in (
            ("in", Department, programme.departments), ("of grade", Grade, programme.grades),
            ("at", Site, programme.sites),
        )
        if keys
    ]  # fmt: skip
    named = programme.invitees.count()
    people = f"{_number(named, 'person')} who {'is' if named == 1 else 'are'} named".replace("persons", "people")
    if not parts:
        return f"Only {people}."
    return f"Colleagues {', '.join(parts)}{f', and {people}' if named else ''}."


def _either(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or "a part that is gone"


def poster(programme: Programme, link: str) -> str:
    """Words to put up or to send on, as plain text."""
    return (
        f"{programme.name}\n\n{programme.purpose}\n\n"
        f"What it takes: {rhythm(programme)}.\nWho may join: {audience(programme)}\n"
        f"Join from {_day(programme.enrol_from)} to {_day(programme.enrol_until)}. "
        f"It runs from {_day(programme.starts_on)} to {_day(programme.ends_on)}.\n"
        f"Each pairing is yours to accept or not, and a no needs no reason.\n\n{link}"
    )


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def until(day: dt.date, today: dt.date) -> str:
    """How long there is until a day: “until tomorrow”, “until 3 March”."""
    if day == today:
        return "until today"
    if day == today + dt.timedelta(days=1):
        return "until tomorrow"
    return f"until {day.day} {day:%B}" + (f" {day.year}" if day.year != today.year else "")


def _number(number: int, thing: str) -> str:
    words = {1: "one", 2: "two", 3: "three"}
    return f"{words.get(number, number)} {thing}{'' if number == 1 else 's'}"
