"""What views of a pair's life begin with: the object, if it is the user's. Unknown to them is 404, not theirs 403."""

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import get_object_or_404

from mentoring.models import Meeting, Pair
from mentoring.permissions import PersonRequest, is_in_pair


def own_pair(request: PersonRequest, pk: int, *, from_its_beginning: bool = False, or_over: bool = False) -> Pair:
    """A pair of the user's that has started, or begun; `or_over` takes those whose beginning came to nothing."""
    known = Pair.objects.visible_to(request.user).with_people().select_related("return_skill")
    known = known.begun() if or_over else known.met() if from_its_beginning else known.started()
    pair = get_object_or_404(known, pk=pk)
    if not is_in_pair(request.user, pair):
        raise PermissionDenied
    return pair


def own_meeting(request: PersonRequest, pk: int) -> Meeting:
    """A meeting of the user's. Nobody else may know that there is one, HR included."""
    meetings = Meeting.objects.visible_to(request.user).select_related(
        "planned_by", "cancelled_by", "logged_by", "pair__programme", "pair__skill__category",
        "pair__mentor__user", "pair__mentee__user", "pair__mentor__site", "pair__mentee__site",
    )  # fmt: skip
    return get_object_or_404(meetings, pk=pk)


def seen(request: PersonRequest) -> int | None:
    """The version of the row that the page was made from; None where the page says nothing of it."""
    version = request.POST.get("seen", "")
    return int(version) if version.isdecimal() and len(version) < 10 else None


def posted(request: PersonRequest) -> QueryDict | None:
    """What a form is bound to: the post, an empty one too."""
    return request.POST if request.method == "POST" else None
