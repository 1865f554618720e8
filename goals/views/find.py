"""What the views of this app begin with: the pair, if the user is one of the two."""

from django.http import Http404

from mentoring.models import Pair
from mentoring.permissions import PersonRequest
from mentoring.views import find
from mentoring.views.find import posted

__all__ = ["own_pair", "posted"]


def own_pair(request: PersonRequest, pk: int) -> Pair:
    """A programme's pair that has started; quick questions have nothing of what this app keeps."""
    pair = find.own_pair(request, pk)
    if pair.is_quick:
        raise Http404
    return pair
