"""The signed-in home page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentoring.dashboard.meetings import steps_taken_on
from mentoring.permissions import PersonRequest
from reverse_mentoring import home as panels


@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """What to do next, first; then one's pairs, and programmes to join."""
    person, now = request.user.person, timezone.now()
    mine = panels.mine_of(person, now)
    steps = panels.next_steps(mine)
    context = {
        "greeting": panels.greeting(person, now),
        "steps": steps,
        "taken_on": steps_taken_on(mine),
        "pairs": panels.pair_cards(mine),
        "programmes": panels.programmes_to_join(mine, besides=steps),
        "onboarding": panels.onboarding_steps(person),
        "figures": panels.figures_for_hr(request.user) if request.user.is_hr else [],
    }
    return render(request, "home.html", context)
