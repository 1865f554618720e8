"""One-click sign-in as the people of the demo company. Outside the demo this address does not exist."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from mentoring.models import User
from reverse_mentoring.demo import stories


@require_POST
@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """As HR or somebody of a story; they alone, so that nobody takes the demo's other people for a way in."""
    email = request.POST.get("email", "")
    if not settings.DEMO or email not in {person.email for person in stories.people()}:
        raise Http404
    user = get_object_or_404(User, email=email, is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("home")
