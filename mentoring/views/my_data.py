"""What is held about a person, and who has seen it, for that person's eyes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentoring.keyset import keyset_page
from mentoring.models import Reading
from mentoring.permissions import PersonRequest

PAGE = 25


@require_safe
def my_data(request: PersonRequest) -> HttpResponse:
    rows = Reading.objects.visible_to(request.user).select_related("reader")
    return render(request, "mentoring/my_data.html", {"page": keyset_page(rows, request.GET, PAGE)})
