"""Private notes on a pair: their author's alone."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from mentoring.actions import notes as actions
from mentoring.actions.base import STALE
from mentoring.forms.fields import see_again
from mentoring.forms.meetings import NoteForm
from mentoring.models import PrivateNote
from mentoring.permissions import PersonRequest
from mentoring.views.find import own_pair, posted


def note_create(request: PersonRequest, pk: int) -> HttpResponse:
    pair, me = own_pair(request, pk), request.user.person
    form = NoteForm(posted(request))
    if form.is_valid():
        with form.refusals():
            actions.write(pair, by=me, text=form.cleaned_data["text"])
            messages.success(request, "Kept. Nobody but you can read it.")
            return redirect("pair-detail", pair.pk)
    context = {"form": form, "pair": pair, "partner": pair.partner_of(me)}
    return render(request, "mentoring/note_edit.html", context)


def note_edit(request: PersonRequest, pk: int) -> HttpResponse:
    note, me = _own_note(request, pk), request.user.person
    form = NoteForm(posted(request), initial={"text": note.text, "seen": note.updated_at})
    if form.is_valid():
        with form.refusals():
            actions.change(note, text=form.cleaned_data["text"], seen=form.cleaned_data["seen"])
            messages.success(request, "Kept. Nobody but you can read it.")
            return redirect("pair-detail", note.pair_id)
    overtaken = form.has_error(NON_FIELD_ERRORS, STALE)
    if overtaken:
        see_again(form, note.updated_at)
    context = {
        "form": form,
        "note": note,
        "overtaken": overtaken,
        "pair": note.pair,
        "partner": note.pair.partner_of(me),
    }
    return render(request, "mentoring/note_edit.html", context)


@require_POST
def note_delete(request: PersonRequest, pk: int) -> HttpResponse:
    note = _own_note(request, pk)
    actions.remove(note)
    messages.success(request, "The note is gone.")
    return redirect("pair-detail", note.pair_id)


def _own_note(request: PersonRequest, pk: int) -> PrivateNote:
    notes = PrivateNote.objects.visible_to(request.user).filter(meeting=None)
    return get_object_or_404(notes.select_related("pair__mentor", "pair__mentee"), pk=pk)
