"""What if: HR turns weights and rules, and sees what would change. Nothing is written."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from matching import engine
from matching.forms import WhatIfForm
from matching.what_if import what_if
from mentoring.models import Programme
from mentoring.permissions import PersonRequest, hr_required


@require_safe
@hr_required
def programme_what_if(request: PersonRequest, pk: int) -> HttpResponse:
    """htmx asks for the answer alone, at each turn of a slider; without script the button does."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    changed = Programme.objects.get(pk=pk)  # the form writes into it; it is never saved
    form = WhatIfForm(request.GET if WhatIfForm.was_sent(request.GET) else None, instance=changed)
    shown = {"programme": programme, "form": form, "turned": form.is_bound}
    if not form.is_bound or form.is_valid():
        try:
            shown["answer"] = what_if(programme, changed)
        except engine.InputError as error:
            shown["problem"] = str(error)
    part = request.headers.get("HX-Request") and request.headers.get("HX-Target") == "answer"
    return render(request, "matching/_what_if.html" if part else "matching/programme_what_if.html", shown)
