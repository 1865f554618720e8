"""The list of skills, and a page for each."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from mentoring.models import Person, Skill, SkillCategory, SkillOffer
from mentoring.permissions import PersonRequest, employee_required
from mentoring.skill_finder import find_skills
from mentoring.views.tools import page_of

PAGE = 30
FEW = 5  # so many must want a skill before their number is told
HERE = Q(offers__person__left_on__isnull=True, offers__person__kind=Person.Kind.EMPLOYEE)


@require_safe
@employee_required
def skill_list(request: PersonRequest) -> HttpResponse:
    """By category, or as found by searching; the results alone where htmx asks."""
    words, slug = request.GET.get("q", "").strip(), request.GET.get("category", "")
    skills = (
        Skill.objects.accepted()
        .select_related("category")
        .annotate(offered=Count("offers", filter=HERE))
        .order_by("name")
    )
    page = None
    if words:
        order = {skill.pk: place for place, skill in enumerate(find_skills(words, limit=PAGE))}
        found = sorted(skills.filter(pk__in=order), key=lambda skill: order[skill.pk])
    else:
        page = page_of(request, skills.filter(category__slug=slug) if slug else skills, PAGE)
        found = list(page)
    context = {
        "q": words,
        "found": found,
        "page": page,
        "categories": SkillCategory.objects.all(),
        "slug": "" if words else slug,
    }
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, "mentoring/_skills.html" if is_part else "mentoring/skill_list.html", context)


@require_safe
@employee_required
def skill_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """What it is, who could be asked about it, and how many would like to learn it."""
    merged = Skill.objects.filter(pk=pk, status=Skill.Status.MERGED).first()
    if merged is not None and merged.merged_into_id is not None:
        return redirect("skill-detail", merged.merged_into_id)
    skill = get_object_or_404(Skill.objects.visible_to(request.user).select_related("category"), pk=pk)
    person = request.user.person
    askable = Person.objects.visible_to(request.user).employees().here().filter(open_to_quick_questions=True)
    offers = SkillOffer.objects.filter(skill=skill, person__in=askable.exclude(pk=person.pk))
    wanted = skill.wishes.filter(person__left_on__isnull=True).count()
    context = {
        "skill": skill,
        "page": page_of(
            request,
            offers.select_related("person__department", "person__site", "person__user").order_by(
                "-level", "person__name"
            ),
            PAGE,
        ),
        "wanted": wanted,
        "is_told": wanted >= FEW,
        "my_offer": person.offers.filter(skill=skill).first(),
        "my_wish": person.wishes.filter(skill=skill).first(),
    }
    return render(request, "mentoring/skill_detail.html", context)
