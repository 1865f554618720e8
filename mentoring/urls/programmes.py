"""Addresses of programmes."""

from django.urls import URLPattern, path

from mentoring.views import enrolments, programmes

programme_urls: list[URLPattern] = [
    path("programmes/", programmes.programme_list, name="programme-list"),
    path("programmes/new/", programmes.programme_create, name="programme-create"),
    path("programmes/preview/", programmes.programme_preview, name="programme-preview"),
    path("programmes/<int:pk>/", programmes.programme_detail, name="programme-detail"),
    path("programmes/<int:pk>/edit/", programmes.programme_edit, name="programme-edit"),
    path("programmes/<int:pk>/launch/", programmes.programme_launch, name="programme-launch"),
    path("programmes/<int:pk>/close/", programmes.programme_close, name="programme-close"),
    path("programmes/<int:pk>/enrol/", enrolments.enrol, name="enrol"),
    path("programmes/<int:pk>/withdraw/", enrolments.enrolment_withdraw, name="enrolment-withdraw"),
]
