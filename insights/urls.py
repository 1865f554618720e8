from django.urls import path

from insights.views import dashboard

urlpatterns = [
    path("hr/dashboard/", dashboard.dashboard, name="dashboard"),
    path("hr/dashboard/<int:pk>/", dashboard.programme_dashboard, name="programme-dashboard"),
    path("hr/dashboard/<int:pk>/<slug:figure>.csv", dashboard.figure_csv, name="figure-csv"),
]
