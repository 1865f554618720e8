"""Fills an empty database with meetings whose reminders fall due: `python -m tests.faults.town REMINDERS SECONDS`."""

import datetime as dt
import os
import sys

import django


def main(reminders: int, seconds: float) -> None:
    """Evenly over the next `seconds`, each to another person, who works all hours."""
    from django.utils import timezone  # noqa: PLC0415  (Django is set up by now)

    from mentoring.models import MeetingReminder  # noqa: PLC0415
    from tests.builders import ALL_HOURS, make_meeting, make_pair, make_person, make_programme  # noqa: PLC0415

    programme, now = make_programme(), timezone.now()
    for number in range(reminders // 2):
        people = [make_person(name=f"P{number}{side}", **ALL_HOURS) for side in "ab"]
        pair = make_pair(mentor=people[0], mentee=people[1], programme=programme)
        meeting = make_meeting(pair=pair, starts_at=now + dt.timedelta(days=1, seconds=number))
        MeetingReminder.objects.bulk_create(
            MeetingReminder(
                meeting=meeting,
                person=person,
                kind=MeetingReminder.Kind.BEFORE,
                due_at=timezone.now() + dt.timedelta(seconds=seconds * (2 * number + side) / reminders),
            )
            for side, person in enumerate(people)
        )


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "reverse_mentoring.settings"
    django.setup()
    main(int(sys.argv[1]), float(sys.argv[2]))
