"""What operators may look at. Everything is read here and changed by the product's own pages, which leave audit rows.

Models with private words are not registered at all, and neither are pairs: who said no to one is nobody's business.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from mentoring.actions import readings
from mentoring.models import (
    AuditEntry,
    Department,
    Enrolment,
    Grade,
    Invitation,
    Person,
    Programme,
    Reading,
    Site,
    Skill,
    SkillCategory,
    User,
)


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    read_only = True

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class PersonalAdmin(ReadOnlyAdmin):
    """Of rows about one person, who can see afterwards that an operator opened theirs."""

    person = "pk"

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            readings.note([getattr(found, self.person)], Reading.What.ADMIN, by=request.user.person)  # type: ignore[union-attr]
        return found


@admin.register(User)
class UserAdmin(PersonalAdmin):
    fields = ["email", "is_active", "is_hr", "is_staff", "is_superuser", "last_login", "date_joined"]
    list_display = ["email", "is_active", "is_hr", "is_staff", "last_login"]
    list_filter = ["is_active", "is_hr", "is_staff"]
    search_fields = ["email"]


@admin.register(Person)
class PersonAdmin(PersonalAdmin):
    list_display = ["name", "kind", "department", "grade", "site", "onboarding_step", "left_on"]
    list_filter = ["kind", "department", "grade", "site"]
    list_select_related = ["department", "grade", "site"]
    search_fields = ["name", "user__email"]


@admin.register(Skill)
class SkillAdmin(ReadOnlyAdmin):
    list_display = ["name", "category", "status", "proposed_by"]
    list_filter = ["status", "category"]
    list_select_related = ["category", "proposed_by"]
    search_fields = ["name"]


@admin.register(Programme)
class ProgrammeAdmin(ReadOnlyAdmin):
    list_display = ["name", "status", "enrol_from", "enrol_until", "starts_on", "ends_on"]
    list_filter = ["status"]


@admin.register(Enrolment)
class EnrolmentAdmin(PersonalAdmin):
    person = "person_id"
    list_display = ["person", "programme", "status", "mentor_capacity", "mentee_capacity", "enrolled_at"]
    list_filter = ["status", "programme"]
    list_select_related = ["person", "programme"]
    search_fields = ["person__name"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["email", "kind", "partner_until", "sent_at", "accepted_at"]
    list_filter = ["kind"]
    search_fields = ["email"]


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "action", "by", "object_type", "object_name"]
    list_filter = ["action", "object_type"]
    list_select_related = ["by"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        return AuditEntry.objects.aloud()


admin.site.register([Department, Grade, Site, SkillCategory], ReadOnlyAdmin)
