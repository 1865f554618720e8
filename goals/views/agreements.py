"""The agreement: read, written by both, signed by both, kept and printed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goals.actions.agreements import begin, save_draft, sign
from goals.agreement_words import changes, content_of
from goals.documents import agreement_document
from goals.forms.agreements import AgreementForm, merged_form
from goals.models import Agreement, AgreementVersion
from goals.views.find import own_pair, posted
from mentoring.models import Pair, Person, TransitionError
from mentoring.permissions import PersonRequest


@require_safe
def agreement(request: PersonRequest, pk: int) -> HttpResponse:
    """What it says now, what changed since the reader signed, and where to sign."""
    pair = own_pair(request, pk)
    row = _agreement_of(pair)
    if not row.version and pair.is_running:
        return redirect("agreement-edit", pk=pair.pk)
    return render(request, "goals/agreement.html", _page(row, request.user.person))


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Where somebody else saved meanwhile, their changes stand beside what was typed, and nothing is lost."""
    pair, me = own_pair(request, pk), request.user.person
    row = _agreement_of(pair)
    if not pair.is_running:
        return redirect("agreement", pk=pair.pk)
    form, theirs = AgreementForm(posted(request), agreement=row), []
    if request.method == "POST" and form.is_valid():
        try:
            row = save_draft(row, by=me, version=form.cleaned_data["version"], answers=form.answers)
        except ValidationError:
            row = _agreement_of(pair)
            theirs = _since(row, form.cleaned_data["version"])
            form = merged_form(form, row)
        except TransitionError as no:
            messages.error(request, str(no))
            return redirect("agreement", pk=pair.pk)
        else:
            return _sign(request, row, row.version) if "sign" in request.POST else _saved(request, row)
    context = {"pair": pair, "partner": pair.partner_of(me), "agreement": row, "form": form, "theirs": theirs}
    return render(request, "goals/agreement_edit.html", context, status=409 if theirs else 200)


@require_POST
def agreement_sign(request: PersonRequest, pk: int) -> HttpResponse:
    """Signs the version that the page showed."""
    row = _agreement_of(own_pair(request, pk))
    version = request.POST.get("version", "")
    return _sign(request, row, int(version) if version.isdecimal() and len(version) < 9 else -1)


@require_safe
def agreement_pdf(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """A version as it was kept, as PDF."""
    pair = own_pair(request, pk)
    kept = AgreementVersion.objects.filter(agreement__pair=pair, number__gt=0).select_related("saved_by")
    version = get_object_or_404(kept, number=number)
    headers = {
        "Content-Disposition": f'inline; filename="agreement-{number}.pdf"',
        "Cache-Control": "private, no-store",
    }
    document = agreement_document(pair, version, request.user.person)
    return HttpResponse(document, content_type="application/pdf", headers=headers)


@require_safe
def agreement_version(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """A version as it was kept, word for word, with who signed it when; made to be printed."""
    pair = own_pair(request, pk)
    kept = AgreementVersion.objects.filter(agreement__pair=pair, number__gt=0)
    version = get_object_or_404(kept.select_related("saved_by"), number=number)
    signatures = list(version.signatures.select_related("person"))
    context = {"pair": pair, "partner": pair.partner_of(request.user.person), "version": version,
               "signatures": signatures, "is_signed_by_both": len(signatures) == 2}  # fmt: skip
    return render(request, "goals/agreement_version.html", context)


def _agreement_of(pair: Pair) -> Agreement:
    """As it is now; made where a pair has none yet."""
    row = Agreement.objects.filter(pair=pair).select_related("edited_by").first() or begin(pair)
    assert row is not None
    row.pair = pair
    return row


def _saved(request: PersonRequest, row: Agreement) -> HttpResponse:
    messages.success(request, "Saved. It counts once both of you have signed it.")
    return redirect("agreement", pk=row.pair_id)


def _sign(request: PersonRequest, row: Agreement, version: int) -> HttpResponse:
    try:
        signature = sign(row, by=request.user.person, version=version)
    except TransitionError as no:
        messages.error(request, str(no))
    else:
        both = signature.version.signatures.count() == 2
        words = "Both of you have signed: the agreement is in force." if both else "Signed. Your partner is told."
        messages.success(request, words)
    return redirect("agreement", pk=row.pair_id)


def _since(row: Agreement, number: int) -> list[object]:
    kept = row.versions.filter(number=number).first()
    return [*changes(kept.content if kept else [], content_of(row))]


def _page(row: Agreement, me: Person) -> dict[str, object]:
    versions = list(row.versions.filter(number__gt=0).select_related("saved_by").prefetch_related("signatures__person"))
    signers = {version.number: list(version.signatures.all()) for version in versions}
    mine = next((v for v in versions if any(s.person_id == me.pk for s in signers[v.number])), None)
    here = signers.get(row.version, [])
    content = content_of(row)
    return {
        "agreement": row,
        "pair": row.pair,
        "partner": row.pair.partner_of(me),
        "content": content,
        "versions": versions,
        "signatures": here,
        "is_signed": any(s.person_id == me.pk for s in here),
        "in_force": next((v for v in versions if len(signers[v.number]) == 2), None),
        "last_signed": mine,
        "changes": changes(mine.content, content) if mine and mine.number != row.version else [],
    }
