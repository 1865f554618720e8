"""A person's own data, to take away."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

import goals.own_data
import matching.own_data
import mentoring.own_data
import notifications.own_data
from mentoring.models import Person
from mentoring.permissions import PersonRequest


@never_cache
@require_safe
def my_data_download(request: PersonRequest) -> HttpResponse:
    """All of it in one JSON file, private words included: it is theirs."""
    person = Person.objects.for_cards().select_related("manager").get(pk=request.user.pk)
    data = {
        "made_at": timezone.now(),
        **mentoring.own_data.own_data(person),
        **goals.own_data.own_data(person),
        **matching.own_data.own_data(person),
        **notifications.own_data.own_data(person.pk),
    }
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    disposition = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=disposition)
