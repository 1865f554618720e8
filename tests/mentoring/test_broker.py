"""Asking a worker while the broker is down breaks nothing."""

import pytest
import structlog
from kombu.exceptions import OperationalError

from matching.tasks import carry_out_run
from mentoring.broker import ask_for_worker


def test_a_broker_that_is_down_is_noted_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError

    with structlog.testing.capture_logs() as logs:
        monkeypatch.setattr(carry_out_run, "delay", refuse)
        ask_for_worker(carry_out_run, 1)

    assert [(log["event"], log["task"]) for log in logs] == [("worker.not_asked", "matching.tasks.carry_out_run")]
