"""What the views of this app begin with: the pair, if the user is one of the two; else 404, for HR too."""

from django.http import QueryDict
from django.shortcuts import get_object_or_404

from mentoring.models import Pair
from mentoring.permissions import PersonRequest


def own_pair(request: PersonRequest, pk: int) -> Pair:
    """A programme's pair that has started; quick questions have nothing of what this app keeps."""
    pairs = Pair.objects.of(request.user.pk).started().filter(kind=Pair.Kind.PROGRAMME)
    return get_object_or_404(pairs.with_people().select_related("return_skill"), pk=pk)


def posted(request: PersonRequest) -> QueryDict | None:
    """What a form is bound to: the post, an empty one too."""
    return request.POST if request.method == "POST" else None
