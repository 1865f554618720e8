"""Fills an empty database with meetings of tomorrow and their reminders: `python -m tests.faults.town REMINDERS`.

None of the reminders is due yet: whoever plays with the town decides when.
"""

import datetime as dt
import os
import sys

import django

FAR = dt.timedelta(days=300)


def main(reminders: int) -> None:
    """Each goes to another person, who works all hours."""
    from django.utils import timezone  # noqa: PLC0415  (Django is set up by now)

    from mentoring.models import Meeting, MeetingReminder, Pair, Person, User  # noqa: PLC0415
    from tests.builders import ALL_HOURS, make_skill  # noqa: PLC0415

    now, skill = timezone.now(), make_skill()
    users = User.objects.bulk_create(User(email=f"p{n}@demo.example", password="!") for n in range(reminders))
    people = Person.objects.bulk_create(Person(user=user, name=f"P{user.pk}", **ALL_HOURS) for user in users)
    pairs = Pair.objects.bulk_create(
        Pair(
            kind=Pair.Kind.QUICK, status=Pair.Status.ACTIVE, mentor=mentor, mentee=mentee, junior=mentor, skill=skill,
            started_at=now, both_know_since=now,
        )
        for mentor, mentee in zip(people[::2], people[1::2], strict=True)
    )  # fmt: skip
    start = now + dt.timedelta(days=1)
    meetings = Meeting.objects.bulk_create(
        Meeting(pair=pair, starts_at=start, ends_at=start + dt.timedelta(minutes=30), planned_by=pair.mentor)
        for pair in pairs
    )
    MeetingReminder.objects.bulk_create(
        MeetingReminder(meeting=meeting, person=person, kind=MeetingReminder.Kind.BEFORE, due_at=now + FAR)
        for meeting in meetings
        for person in meeting.pair.people
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reverse_mentoring.settings")
    django.setup()
    main(int(sys.argv[1]))
