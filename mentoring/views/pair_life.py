"""Pausing, taking up again, completing and ending a pair. Each page says first who will see what."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mentoring.actions import closings
from mentoring.actions import pair_life as actions
from mentoring.certificates import certificate_of
from mentoring.forms.closings import ClosingForm, EndForm
from mentoring.forms.refusals import RefusableForm
from mentoring.models import ClosingWords, Pair, SharedCertificate, TransitionError
from mentoring.permissions import PersonRequest
from mentoring.views.find import own_pair, posted


def pair_pause(request: PersonRequest, pk: int) -> HttpResponse:
    pair, form = own_pair(request, pk), RefusableForm(posted(request))
    if form.is_valid():
        with form.refusals():
            actions.pause(pair, by=request.user.person)
            messages.success(request, "Paused. Either of you takes it up again with one click.")
            return redirect("pair-detail", pair.pk)
    return _confirm(request, "mentoring/pair_pause.html", pair, form)


def pair_resume(request: PersonRequest, pk: int) -> HttpResponse:
    pair, form = own_pair(request, pk), RefusableForm(posted(request))
    if form.is_valid():
        with form.refusals():
            actions.resume(pair, by=request.user.person)
            messages.success(request, "Welcome back. A good next step is a time to meet.")
            return redirect("pair-detail", pair.pk)
    return _confirm(request, "mentoring/pair_resume.html", pair, form)


def pair_complete(request: PersonRequest, pk: int) -> HttpResponse:
    """Both of a programme say what they learned; who completes it may do so at once."""
    pair, me = own_pair(request, pk), request.user.person
    form = RefusableForm(posted(request)) if pair.is_quick else ClosingForm(posted(request))
    if form.is_valid():
        with form.refusals():
            pair = actions.complete(pair, by=me)
            if any(form.cleaned_data.get(name) for name in ("learned", "changed")):
                closings.write(pair, by=me, **form.cleaned_data)
            messages.success(request, "Completed. Well done, both of you.")
            return redirect("pair-detail", pair.pk)
    return _confirm(request, "mentoring/pair_complete.html", pair, form)


def pair_end(request: PersonRequest, pk: int) -> HttpResponse:
    pair, form = own_pair(request, pk), EndForm(posted(request))
    if form.is_valid():
        with form.refusals():
            actions.end(pair, by=request.user.person, **form.cleaned_data)
            messages.success(request, "The pair has ended, and your place is free again.")
            return redirect("pair-detail", pair.pk)
    return _confirm(request, "mentoring/pair_end.html", pair, form)


def pair_closing(request: PersonRequest, pk: int) -> HttpResponse:
    """What somebody learned and what changed; written, changed and shown as its author wishes."""
    pair, me = own_pair(request, pk), request.user.person
    mine = ClosingWords.objects.filter(pair=pair, person=me).first()
    initial = {"learned": mine.learned, "changed": mine.changed, "is_shown": mine.is_shown} if mine else {}
    form = ClosingForm(posted(request), initial=initial)
    if form.is_valid():
        with form.refusals():
            closings.write(pair, by=me, **form.cleaned_data)
            messages.success(request, "Kept.")
            return redirect("pair-detail", pair.pk)
    context = {"pair": pair, "partner": pair.partner_of(me), "form": form}
    return render(request, "mentoring/pair_closing.html", context)


@require_safe
def pair_certificate(request: PersonRequest, pk: int) -> HttpResponse:
    """One's own certificate, as PDF."""
    pair = own_pair(request, pk)
    if pair.status != Pair.Status.COMPLETED or pair.is_quick:
        raise Http404
    return _pdf(certificate_of(pair, request.user.person))


@require_POST
def certificate_share(request: PersonRequest, pk: int) -> HttpResponse:
    """Opens an address for it, or closes the one that is there."""
    pair, me = own_pair(request, pk), request.user.person
    try:
        if request.POST.get("share") == "no":
            closings.unshare(pair, by=me)
            messages.success(request, "The address of your certificate leads nowhere from now on.")
        else:
            closings.share(pair, by=me)
            messages.success(request, "Whoever has the address can read your certificate.")
    except TransitionError as no:
        messages.info(request, str(no))
    return redirect("pair-detail", pair.pk)


@login_not_required
@require_safe
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """A certificate that its owner shares; the partner is not named in it."""
    shared = SharedCertificate.of_token(token)
    if shared is None:
        raise Http404
    pair = Pair.objects.with_people().select_related("return_skill").get(pk=shared.pair_id)
    answer = _pdf(certificate_of(pair, shared.person))
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _pdf(document: bytes) -> HttpResponse:
    headers = {"Content-Disposition": 'inline; filename="certificate.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(document, content_type="application/pdf", headers=headers)


def _confirm(request: PersonRequest, template: str, pair: Pair, form: RefusableForm) -> HttpResponse:
    context = {
        "pair": pair,
        "partner": pair.partner_of(request.user.person),
        "form": form,
        "ahead": list(pair.meetings.ahead(timezone.now())),
        "held": pair.meetings.held().count(),
    }
    return render(request, template, context)
