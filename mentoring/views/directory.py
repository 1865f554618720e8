"""The directory: colleagues, and what each could teach."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mentoring import permissions
from mentoring.actions import readings
from mentoring.forms.directory import DirectoryForm
from mentoring.languages import language_names
from mentoring.models import Channel, Person, Reading, SkillOffer
from mentoring.models.person import PersonQuerySet
from mentoring.permissions import PersonRequest, employee_required
from mentoring.person_lines import cards_of
from mentoring.scales import read_scales
from mentoring.skill_finder import find_skills
from mentoring.views.tools import long_page_of

PAGE = 24
LIKELY_SKILLS = 5


@require_safe
@employee_required
def person_list(request: PersonRequest) -> HttpResponse:
    scales = read_scales()
    form = DirectoryForm(request.GET, scales)
    colleagues = _matching(Person.objects.colleagues_of(request.user), form)
    page = long_page_of(request, colleagues, PAGE)
    cards = cards_of(list(page), scales)
    return render(request, "mentoring/person_list.html", {"form": form, "page": page, "cards": cards})


def _matching(people: PersonQuerySet, form: DirectoryForm) -> PersonQuerySet:
    if not form.is_valid():
        return people
    chosen = form.cleaned_data
    for field in ("department", "site", "grade"):
        if chosen[field]:
            people = people.filter(**{field: chosen[field]})
    if chosen["quick"]:
        people = people.filter(open_to_quick_questions=True)
    if chosen["q"]:
        offering = SkillOffer.objects.filter(skill__in=find_skills(chosen["q"], limit=LIKELY_SKILLS))
        people = people.filter(Q(pk__in=people.named(chosen["q"]).values("pk")) | Q(pk__in=offering.values("person")))
    return people


@require_safe
def person_detail(request: PersonRequest, pk: int) -> HttpResponse:
    visible = Person.objects.visible_to(request.user).for_cards().select_related("manager")
    person, user = get_object_or_404(visible, pk=pk), request.user
    if user.is_hr:
        readings.note([person.pk], Reading.What.PAGE, by=user.person)
    context = {
        "person": person,
        "offers": person.offers.select_related("skill"),
        "wishes": person.wishes.select_related("skill"),
        "channels": [Channel(value).label for value in person.channels],
        "languages": language_names(person.languages),
        "is_me": person.pk == user.pk,
        "may_ask": permissions.may_ask_for_pair(user, person),
        "may_ask_quickly": permissions.may_ask_quick_question(user, person),
        "may_mark_as_left": permissions.may_mark_as_left(user, person),
        "may_change_hr_role": permissions.may_change_hr_role(user, person),
    }
    return render(request, "mentoring/person_detail.html", context)
