"""HR's pages of the import of people: upload, columns, preview, yes, what came of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mentoring.actions.imports import standing, start
from mentoring.forms.fields import carried_out
from mentoring.forms.people_import import ApplyForm, ColumnsForm, ImportFileForm
from mentoring.imports.columns import BY_NAME, COLUMNS
from mentoring.models import ImportRow, PeopleImport, TransitionError
from mentoring.permissions import PersonRequest, hr_required
from mentoring.tables import KINDS, table_response
from mentoring.views.tools import page_of, posted

PAGE = 50
IMPORTS = 20
TEMPLATE = [column.name for column in COLUMNS if column.name not in ("first_name", "last_name")]
Verdict = ImportRow.Verdict
SHOWN = (Verdict.NEW, Verdict.CHANGED, Verdict.MOVED, Verdict.BACK, Verdict.LEFT)
WORDS = {name: column.label for name, column in BY_NAME.items()} | {"manager": "Line manager"}


@hr_required
def import_list(request: PersonRequest) -> HttpResponse:
    """Upload a file; earlier imports below."""
    form = ImportFileForm(request.POST, request.FILES) if request.method == "POST" else ImportFileForm()
    made: list[PeopleImport] = []
    if request.method == "POST" and carried_out(form, lambda: made.append(_upload(request, form))):
        return redirect("import-detail", made[0].pk)
    jobs = PeopleImport.objects.visible_to(request.user).select_related("by")
    context = {"form": form, "page": page_of(request, jobs, IMPORTS), "columns": COLUMNS}
    return render(request, "mentoring/import_list.html", context)


def _upload(request: PersonRequest, form: ImportFileForm) -> PeopleImport:
    file = form.cleaned_data["file"]
    return start.upload(file.file, file.name or "file", by=request.user.person)


@require_GET
@hr_required
def import_template(request: PersonRequest, kind: str) -> HttpResponseBase:
    """The headings, to fill in."""
    if kind not in KINDS:
        raise Http404
    return table_response("people", TEMPLATE, [], kind=kind)


@require_GET
@hr_required
def import_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """How far it is while a worker is at it; then what it would change, or what is to be mended."""
    job = get_object_or_404(PeopleImport.objects.visible_to(request.user).select_related("by"), pk=pk)
    if request.headers.get("HX-Request"):
        if not job.is_working:
            return HttpResponse(headers={"HX-Redirect": reverse("import-detail", args=[pk])})
        return render(request, "mentoring/_import_progress.html", {"job": job})
    context: dict[str, Any] = {"job": job, "used": _used(job)}
    if job.status == PeopleImport.Status.FAULTY:
        context["page"] = page_of(request, job.problems.all(), PAGE)
    elif job.status == PeopleImport.Status.READY or job.leavers_wait:
        shown = _shown(job, request.GET.get("show", ""))
        rows = ImportRow.objects.filter(job=job, verdict=shown).order_by("line", "name", "pk")
        page = page_of(request, rows, PAGE)
        for row in page:
            row.told = [(WORDS.get(name, name), *values) for name, values in row.changes.items()]  # type: ignore[attr-defined]
        tabs = [(each, each.label, job.counts.get(each, 0)) for each in SHOWN if job.counts.get(each)]
        context |= {
            "shown": shown, "tabs": tabs, "page": page,
            "leavers_form": {"with_leavers": "on", "seen": job.fingerprint},
            "many_leave": standing.too_many_leave(job),
            "added": [(name, words) for name, words in job.additions.items() if words],
        }  # fmt: skip
    return render(request, "mentoring/import_detail.html", context)


def _shown(job: PeopleImport, wanted: str) -> str:
    if job.leavers_wait:
        return Verdict.LEFT
    return wanted if wanted in SHOWN else next((each for each in SHOWN if job.counts.get(each)), Verdict.NEW)


def _used(job: PeopleImport) -> list[tuple[str, str]]:
    """Each heading, and what it holds in our words; nothing where it is not used."""
    return [(heading, WORDS.get(name, "")) for heading, name in zip(job.headings, job.columns, strict=False)]


@hr_required
def import_columns(request: PersonRequest, pk: int) -> HttpResponse:
    """What each column holds. The file is read anew then."""
    job = get_object_or_404(PeopleImport.objects.visible_to(request.user), pk=pk)
    if not PeopleImport.objects.waiting().filter(pk=pk).exists():
        messages.info(request, "This import has moved on, so its columns stay as they are.")
        return redirect("import-detail", pk)
    form = ColumnsForm(posted(request), job=job, samples=start.samples(job))

    def choose() -> None:
        start.choose(job, columns=form.columns, by=request.user.person, **form.reading)

    if request.method == "POST" and carried_out(form, choose):
        return redirect("import-detail", pk)
    return render(request, "mentoring/import_columns.html", {"job": job, "form": form})


@require_POST
@hr_required
def import_apply(request: PersonRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(PeopleImport.objects.visible_to(request.user), pk=pk)
    form = ApplyForm(request.POST)
    if form.is_valid():
        try:
            words = form.cleaned_data
            start.confirm(job, with_leavers=words["with_leavers"], seen=words["seen"], by=request.user.person)
        except TransitionError as error:
            messages.warning(request, str(error))
    return redirect("import-detail", pk)


@require_POST
@hr_required
def import_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(PeopleImport.objects.visible_to(request.user), pk=pk)
    try:
        job = start.cancel(job, by=request.user.person)
        stopping = job.status != PeopleImport.Status.CANCELLED
        messages.success(request, "It stops at its next step." if stopping else "Thrown away. Nothing was written.")
    except TransitionError as error:
        messages.warning(request, str(error))
    return redirect("import-detail", pk)


@require_GET
@hr_required
def import_problems(request: PersonRequest, pk: int) -> HttpResponseBase:
    """What is to be mended, for whoever mends it in the HR system."""
    job = get_object_or_404(PeopleImport.objects.visible_to(request.user), pk=pk)
    rows = job.problems.values_list("line", "column", "reason")
    return table_response("to-mend", ["Line", "Column", "Reason"], rows.iterator())
