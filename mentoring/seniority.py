"""Which of two people is the junior one, who is asked first."""

from mentoring.models import Person


def junior_of(mentor: Person, mentee: Person) -> Person:
    """Of lower grade; in a tie the one who joined the company later; in a tie of both the mentor.

    What is not known decides nothing.
    """
    if mentor.level is not None and mentee.level is not None and mentor.level != mentee.level:
        return mentor if mentor.level < mentee.level else mentee
    if mentor.joined_on and mentee.joined_on and mentor.joined_on < mentee.joined_on:
        return mentee
    return mentor
