"""Fixtures of the outbox's tests."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from tests.notifications.smtp import Sink, start


@pytest.fixture
def mail_server(settings: LazySettings) -> Iterator[Sink]:
    """A real SMTP server, to which the site sends."""
    sink = Sink()
    controller = start(sink)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield sink
    controller.stop()
