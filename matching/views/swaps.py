"""HR chooses another partner for one of two suggested people."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from matching.actions.bulk import in_words
from matching.actions.suggestions import decision_in_words
from matching.actions.swaps import swap
from matching.comparison import sides_of
from matching.forms import CommentForm, SwapForm
from matching.models import Comment, Suggestion
from mentoring.models import Role, TransitionError
from mentoring.permissions import PersonRequest, hr_required


@hr_required
def suggestion_swap(request: PersonRequest, pk: int) -> HttpResponse:
    known = Suggestion.objects.known_to_hr().with_people()
    suggestion = get_object_or_404(known, pk=pk)
    if suggestion.status != Suggestion.Status.PROPOSED:
        if request.method == "POST":
            messages.warning(request, f"{suggestion}: {decision_in_words(suggestion)}")
            return redirect("approval", suggestion.programme_id)
        return comparison_page(request, suggestion, CommentForm())
    form = SwapForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = swap(
                suggestion, keep=Role(data["keep"]), partner=data["partner"], by=request.user.person,
                instead_of=data["instead_of"],
            )  # fmt: skip
        except (ValidationError, TransitionError) as error:
            messages.warning(request, in_words(error))
            return redirect("suggestion-swap", pk)
        messages.success(request, f"Suggested now: {'; '.join(map(str, made))}. They wait for your approval.")
        return redirect("approval", suggestion.programme_id)
    return comparison_page(request, suggestion, CommentForm())


def comparison_page(request: PersonRequest, suggestion: Suggestion, comment_form: CommentForm) -> HttpResponse:
    """The two beside who else there is, while they wait for a decision, and HR's words on them."""
    comments = Comment.objects.visible_to(request.user).filter(suggestion=suggestion).select_related("by")
    context = {
        "suggestion": suggestion,
        "comments": comments,
        "comment_form": comment_form,
        "may_comment": request.user.pk not in (suggestion.mentor_id, suggestion.mentee_id),
    }
    if suggestion.status != Suggestion.Status.PROPOSED:
        context["decision"] = decision_in_words(suggestion)
        return render(request, "matching/suggestion_decided.html", context)
    return render(request, "matching/suggestion_swap.html", context | {"sides": sides_of(suggestion)})
