"""The page of a meeting's agenda: the junior's to write, with suggestions and questions to get talking."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.actions import agendas as actions
from mentoring.forms.meetings import AgendaForm, PointForm
from mentoring.meeting_texts import agenda_for, starters_for
from mentoring.models import Meeting
from mentoring.permissions import PersonRequest
from mentoring.texts import agendas
from mentoring.views.find import own_meeting, posted, seen


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_agenda(request: PersonRequest, pk: int) -> HttpResponse:
    meeting, me = own_meeting(request, pk), request.user.person
    if request.method == "POST" and me.pk != meeting.pair.junior_id:
        raise PermissionDenied
    suggested = agendas().get(request.GET.get("begin", ""))
    form = AgendaForm(posted(request), initial={"text": str(suggested) if suggested else meeting.agenda})
    if form.is_valid():
        with form.refusals():
            actions.set_agenda(meeting, by=me, text=form.cleaned_data["text"], seen=seen(request))
            messages.success(request, "The agenda is set. Both calendars follow by e-mail.")
            return redirect("meeting-detail", meeting.pk)
    return _page(request, meeting, form, PointForm())


@require_POST
def agenda_point(request: PersonRequest, pk: int) -> HttpResponse:
    meeting, form = own_meeting(request, pk), PointForm(request.POST)
    if form.is_valid():
        with form.refusals():
            actions.add_point(meeting, by=request.user.person, text=form.cleaned_data["text"])
            messages.success(request, "Your point is on the agenda.")
            return redirect("meeting-detail", meeting.pk)
    return _page(request, meeting, AgendaForm(initial={"text": meeting.agenda}), form)


def _page(request: PersonRequest, meeting: Meeting, form: AgendaForm, point: PointForm) -> HttpResponse:
    me, pair = request.user.person, meeting.pair
    suggested = agenda_for(pair)
    context = {
        "meeting": meeting, "pair": pair, "partner": pair.partner_of(me), "form": form, "point": point,
        "may_set": me.pk == pair.junior_id, "is_planned": meeting.status == Meeting.Status.PLANNED,
        "suggestions": [(key, each, each == suggested) for key, each in agendas().items()],
        "starters": starters_for(pair, me),
    }  # fmt: skip
    return render(request, "mentoring/meeting_agenda.html", context)
