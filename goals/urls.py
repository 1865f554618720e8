"""Addresses of agreements, goals and check-ins."""

from django.urls import URLPattern, path

from goals.views import check_ins

urlpatterns: list[URLPattern] = [
    path("check-ins/<int:pk>/", check_ins.check_in, name="check-in"),
    path("check-ins/by-mail/<str:token>/", check_ins.check_in_by_mail, name="check-in-by-mail"),
]
