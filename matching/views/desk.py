"""HR's saved views, and words to each other."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from matching.actions import desk
from matching.forms import CommentForm, SaveViewForm
from matching.models import Suggestion
from matching.views.swaps import comparison_page
from mentoring.models import Programme
from mentoring.permissions import PersonRequest, hr_required


@require_POST
@hr_required
def view_save(request: PersonRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    form = SaveViewForm(request.POST)
    query = QueryDict(request.POST.get("query", ""), mutable=True)
    query.pop("page", None)
    if form.is_valid():
        kept = desk.save_view(request.user.person, name=form.cleaned_data["name"], query=query.urlencode())
        messages.success(request, f"Kept as “{kept.name}”.")
    else:
        messages.warning(request, "A view needs a name of up to 40 characters, so it was not kept.")
    return redirect(f"{reverse('approval', args=[programme.pk])}?{query.urlencode()}")


@require_POST
@hr_required
def view_forget(request: PersonRequest, pk: int, view: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    desk.forget_view(request.user.person, pk=view)
    return redirect("approval", programme.pk)


@require_POST
@hr_required
def suggestion_comment(request: PersonRequest, pk: int) -> HttpResponse:
    suggestion = get_object_or_404(Suggestion.objects.known_to_hr().with_people(), pk=pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return comparison_page(request, suggestion, form)
    desk.comment(suggestion, by=request.user.person, text=form.cleaned_data["text"])
    return redirect(f"{reverse('suggestion-swap', args=[pk])}#comments")
