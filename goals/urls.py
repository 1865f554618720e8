"""Addresses of agreements, goals and check-ins."""

from django.urls import URLPattern, path

from goals.views import agreements, check_ins, goals

urlpatterns: list[URLPattern] = [
    path("pairs/<int:pk>/agreement/", agreements.agreement, name="agreement"),
    path("pairs/<int:pk>/agreement/edit/", agreements.agreement_edit, name="agreement-edit"),
    path("pairs/<int:pk>/agreement/sign/", agreements.agreement_sign, name="agreement-sign"),
    path("pairs/<int:pk>/agreement/<int:number>/", agreements.agreement_version, name="agreement-version"),
    path("pairs/<int:pk>/goals/new/", goals.goal_create, name="goal-create"),
    path("goals/<int:pk>/", goals.goal_detail, name="goal-detail"),
    path("goals/<int:pk>/edit/", goals.goal_edit, name="goal-edit"),
    path("goals/<int:pk>/progress/", goals.goal_rate, name="goal-rate"),
    path("goals/<int:pk>/close/", goals.goal_close, name="goal-close"),
    path("goals/<int:pk>/reopen/", goals.goal_reopen, name="goal-reopen"),
    path("goals/<int:pk>/milestones/", goals.milestone_create, name="milestone-create"),
    path("milestones/<int:pk>/tick/", goals.milestone_tick, name="milestone-tick"),
    path("milestones/<int:pk>/remove/", goals.milestone_remove, name="milestone-remove"),
    path("check-ins/<int:pk>/", check_ins.check_in, name="check-in"),
    path("check-ins/by-mail/<str:token>/", check_ins.check_in_by_mail, name="check-in-by-mail"),
]
