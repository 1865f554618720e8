"""The page of a brainstorm: its agenda, what both write, what they choose, and what becomes of it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goals.actions import brainstorms as actions
from goals.boards import brainstorm_board
from goals.forms.brainstorms import DecideForm, ThoughtForm
from goals.models import Brainstorm, Decision, Thought
from goals.views.find import posted
from mentoring.models import TransitionError
from mentoring.permissions import PersonRequest

RELATED = ("pair__programme", "pair__mentor", "pair__mentee")


@never_cache
@require_safe
def brainstorm_detail(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@require_POST
def thought_write(request: PersonRequest, pk: int, part: str) -> HttpResponse:
    if part not in Thought.Part.values:
        raise Http404
    session, form = _visible(request, pk), ThoughtForm(request.POST, part=part)
    if form.is_valid():
        with form.refusals():
            actions.write(session, by=request.user.person, part=part, text=form.cleaned_data["text"])
            return redirect(f"{_url(session)}#{part}")
    return _page(request, session, {part: form})


@require_POST
def thought_remove(request: PersonRequest, pk: int) -> HttpResponse:
    thought = _thought(request, pk)
    if thought.author_id != request.user.pk:
        raise PermissionDenied
    return _do(request, thought.brainstorm, thought.part, lambda: actions.take_away(thought, by=request.user.person))


@require_POST
def thought_choose(request: PersonRequest, pk: int) -> HttpResponse:
    thought, chosen = _thought(request, pk), request.POST.get("chosen") == "yes"
    session = thought.brainstorm
    return _do(request, session, "way", lambda: actions.choose(thought, by=request.user.person, chosen=chosen))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def thought_decide(request: PersonRequest, pk: int) -> HttpResponse:
    """What becomes of a chosen way."""
    thought, me = _thought(request, pk), request.user.person
    session = thought.brainstorm
    if not session.is_live or not session.pair.is_running:
        messages.info(request, "This brainstorm is over.")
        return redirect(_url(session))
    form = DecideForm(posted(request), way=thought, session=session, person=me)
    if form.is_valid():
        with form.refusals():
            actions.decide(thought, by=me, plan=form.plan)
            messages.success(request, "Noted. It comes about once its owner says “make it so”.")
            return redirect(f"{_url(session)}#decided")
    context = {"form": form, "way": thought, "session": session, "pair": session.pair,
               "partner": session.pair.partner_of(me)}  # fmt: skip
    return render(request, "goals/thought_decide.html", context)


@require_POST
def decision_remove(request: PersonRequest, pk: int) -> HttpResponse:
    decision = _decision(request, pk)
    session = decision.brainstorm
    return _do(request, session, "decided", lambda: actions.drop(decision, by=request.user.person))


@require_POST
def brainstorm_agree(request: PersonRequest, pk: int) -> HttpResponse:
    """One click: one's own goals change, one's own steps stand there."""
    session = _visible(request, pk)
    return _do(request, session, "decided", lambda: actions.make_it_so(session, by=request.user.person), "Done.")


def _visible(request: PersonRequest, pk: int) -> Brainstorm:
    return get_object_or_404(Brainstorm.objects.visible_to(request.user).select_related(*RELATED), pk=pk)


def _thought(request: PersonRequest, pk: int) -> Thought:
    thought = get_object_or_404(
        Thought.objects.filter(brainstorm__in=Brainstorm.objects.visible_to(request.user)), pk=pk
    )
    thought.brainstorm = _visible(request, thought.brainstorm_id)
    return thought


def _decision(request: PersonRequest, pk: int) -> Decision:
    decision = get_object_or_404(
        Decision.objects.filter(brainstorm__in=Brainstorm.objects.visible_to(request.user)), pk=pk
    )
    decision.brainstorm = _visible(request, decision.brainstorm_id)
    return decision


def _url(session: Brainstorm) -> str:
    return f"/brainstorms/{session.pk}/"


def _do(
    request: PersonRequest, session: Brainstorm, part: str, action: Callable[[], object], words: str = ""
) -> HttpResponse:
    try:
        action()
    except TransitionError as no:
        messages.info(request, str(no))
    except ValidationError as no:
        messages.info(request, " ".join(no.messages))
    else:
        if words:
            messages.success(request, words)
    return redirect(f"{_url(session)}#{part}")


def _page(request: PersonRequest, session: Brainstorm, forms: dict[str, ThoughtForm] | None = None) -> HttpResponse:
    board = brainstorm_board(session, request.user.person)
    written = forms or {}
    parts = [(part, written.get(part.key) or ThoughtForm(part=part.key, label=part.ask)) for part in board.parts]
    context = {"session": session, "pair": session.pair, "partner": board.partner, "board": board, "parts": parts}
    return render(request, "goals/brainstorm_detail.html", context)
