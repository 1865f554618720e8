"""Feedback: writing it, reading it, taking it back, and what its receiver makes of it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goals.actions import feedback as actions
from goals.actions.feedback import PARTS
from goals.forms.feedback import LATER, ONCE, AskForm, FeedbackForm, ReplyForm
from goals.models import Feedback
from goals.views.find import own_pair, posted
from mentoring.models import TransitionError
from mentoring.permissions import PersonRequest
from mentoring.texts import feedback_help
from mentoring.views.tools import number_of, page_of

PAGE = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_create(request: PersonRequest, pk: int) -> HttpResponse:
    pair, me = own_pair(request, pk), request.user.person
    form, hints = FeedbackForm(posted(request), initial=_again(request, pk)), []
    if form.is_valid() and not (hints := form.hints):
        at_once = form.cleaned_data["when"] == ONCE
        with form.refusals():
            feedback = actions.give(pair, by=me, words=form.words, at_once=at_once)
            messages.success(request, "Sent." if at_once else "Kept for a day. Until then you can take it back.")
            return redirect("feedback-detail", feedback.pk)
    if hints:
        form.data = {**request.POST.dict(), "looked": "yes"}
    context = {
        "form": form, "hints": hints, "pair": pair, "partner": pair.partner_of(me), "help": feedback_help(),
        "is_upwards": me.pk == pair.junior_id,
    }  # fmt: skip
    return render(request, "goals/feedback_create.html", context)


@never_cache
@require_safe
def feedback_list(request: PersonRequest, pk: int) -> HttpResponse:
    """All that went between the two, as this one of them may see it; or what they kept."""
    pair, me = own_pair(request, pk), request.user.person
    rows = Feedback.objects.visible_to(request.user).filter(pair=pair).select_related("author", "receiver")
    kept = request.GET.get("show") == "kept"
    if kept:
        rows = rows.filter(receiver=me, saved_at__isnull=False)
    context = {"page": page_of(request, rows, PAGE), "pair": pair, "partner": pair.partner_of(me), "kept": kept}
    return render(request, "goals/feedback_list.html", context)


@never_cache
@require_safe
def feedback_detail(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk), AskForm(), ReplyForm())


@require_POST
def feedback_take_back(request: PersonRequest, pk: int) -> HttpResponse:
    feedback = _written(request, pk)
    return _do(request, feedback, "Taken back. Nobody knows of it but you.", actions.take_back)


@require_POST
def feedback_send(request: PersonRequest, pk: int) -> HttpResponse:
    return _do(request, _written(request, pk), "Sent.", actions.send_now)


@require_POST
def feedback_thank(request: PersonRequest, pk: int) -> HttpResponse:
    feedback = _received(request, pk)
    return _do(request, feedback, f"{feedback.author.name} learns that you thank them.", actions.thank)


@require_POST
def feedback_keep(request: PersonRequest, pk: int) -> HttpResponse:
    kept = request.POST.get("kept") == "yes"
    words = "Kept among your own." if kept else "No longer among your own."
    return _do(request, _received(request, pk), words, lambda row, by: actions.keep(row, by=by, kept=kept))


@require_POST
def feedback_ask(request: PersonRequest, pk: int) -> HttpResponse:
    feedback, form = _received(request, pk), AskForm(request.POST)
    if form.is_valid():
        with form.refusals():
            actions.ask(feedback, by=request.user.person, question=form.cleaned_data["question"])
            messages.success(request, "Asked.")
            return redirect("feedback-detail", pk)
    return _page(request, feedback, form, ReplyForm())


@require_POST
def feedback_reply(request: PersonRequest, pk: int) -> HttpResponse:
    feedback, form = _written(request, pk), ReplyForm(request.POST)
    if form.is_valid():
        with form.refusals():
            actions.reply(feedback, by=request.user.person, answer=form.cleaned_data["answer"])
            messages.success(request, "Answered.")
            return redirect("feedback-detail", pk)
    return _page(request, feedback, AskForm(), form)


def _again(request: PersonRequest, pair: int) -> dict[str, str]:
    """The words of one that was taken back, to begin with."""
    mine = Feedback.objects.filter(author=request.user.pk, pair=pair, status=Feedback.Status.TAKEN_BACK)
    before = mine.filter(pk=number_of(request.GET.get("again"))).first()
    return {**{part: getattr(before, part) for part in PARTS}, "when": LATER} if before else {"when": LATER}


def _visible(request: PersonRequest, pk: int) -> Feedback:
    rows = Feedback.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("author", "receiver", "pair__mentor", "pair__mentee"), pk=pk)


def _written(request: PersonRequest, pk: int) -> Feedback:
    feedback = _visible(request, pk)
    if feedback.author_id != request.user.pk:
        raise PermissionDenied
    return feedback


def _received(request: PersonRequest, pk: int) -> Feedback:
    feedback = _visible(request, pk)
    if feedback.receiver_id != request.user.pk:
        raise PermissionDenied
    return feedback


def _do(request: PersonRequest, feedback: Feedback, words: str, action: Callable[..., object]) -> HttpResponse:
    try:
        action(feedback, by=request.user.person)
    except TransitionError as no:
        messages.info(request, str(no))
    else:
        messages.success(request, words)
    return redirect("feedback-detail", feedback.pk)


def _page(request: PersonRequest, feedback: Feedback, ask: AskForm, reply: ReplyForm) -> HttpResponse:
    me = request.user.person
    parts = [(part.title, getattr(feedback, part.key)) for part in feedback_help().parts]
    context = {
        "feedback": feedback, "parts": parts, "pair": feedback.pair, "partner": feedback.pair.partner_of(me),
        "is_mine": feedback.author_id == me.pk, "ask": ask, "reply": reply, "lines": feedback_help().when_receiving,
    }  # fmt: skip
    return render(request, "goals/feedback_detail.html", context)
