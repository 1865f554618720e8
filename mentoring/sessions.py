"""Sessions in the database, as Django keeps them, found by a prepared query: every page asks for one."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from mentoring.prepared import MOMENT, WORD, prepared


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Any:
        found = next(iter(_SESSION(self.session_key, timezone.now())), None)
        if found is None:
            self._session_key = None
        return found


_SESSION = prepared(
    lambda key, now: SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now), WORD, MOMENT
)
