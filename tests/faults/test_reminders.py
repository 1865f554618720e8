"""Each reminder arrives once, whatever is killed.

SMTP cannot promise that across a crash between the mail server's yes and the record of it. So a mail may arrive twice
if, and only if, the worker died just then; both copies then carry one Message-ID.
"""

import pytest

from notifications.delivery import message_id
from tests.faults.storm import Storm, storm


def assert_each_arrived_once(raging: Storm, reminders: int) -> None:
    raging.bring_back(all_of_them=True)
    raging.wait_until_all_is_sent(reminders, seconds=240)
    print(f"\n{raging.report()}")

    written = {message_id(key) for (key,) in raging.ask("SELECT key FROM notifications_message")}
    assert raging.statuses() == {"sent": reminders, "reminders left": 0}
    assert {each for each, _ in raging.mails.taken} == written
    assert [times for times in raging.doubles().values() if not raging.is_excused(times[0])] == []


@pytest.mark.alone
@pytest.mark.stack
def test_each_reminder_arrives_once_while_each_part_is_killed_and_comes_back_in_either_order() -> None:
    with storm(reminders=40, seed=1) as raging:
        for first, second in (("broker", "PostgreSQL"), ("PostgreSQL", "broker"), ("worker", "beat")):
            raging.let_fall_due(10)
            raging.wait_for_mails(3)
            for name in (first, second):
                raging.kill(name)
            for name in (first, second):
                raging.start(name)

        raging.let_fall_due(10)

        assert_each_arrived_once(raging, 40)


@pytest.mark.faults
def test_500_reminders_arrive_once_each_under_at_least_50_kills() -> None:
    with storm(reminders=500, seed=500) as raging:
        raging.rage(kills=56, reminders=500)

        assert_each_arrived_once(raging, 500)
