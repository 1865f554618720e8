"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from reverse_mentoring.views import demo, health, home, meeting, my_data, pair, theme

urlpatterns = [
    path("", home.home, name="home"),
    path("pairs/<int:pk>/", pair.pair_detail, name="pair-detail"),
    path("my-data/download/", my_data.my_data_download, name="my-data-download"),
    path("meetings/<int:pk>/", meeting.meeting_detail, name="meeting-detail"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("demo/sign-in/", demo.sign_in, name="demo-sign-in"),
    path("", include("notifications.urls")),
    path("theme", theme.theme, name="theme"),
    path("", include("insights.urls")),
    path("", include("matching.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("mentoring.urls")),
    path("", include("goals.urls")),
    path(settings.ADMIN_PATH, admin.site.urls),
]

handler500 = "reverse_mentoring.views.errors.server_error"
