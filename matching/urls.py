"""The addresses of this app."""

from django.urls import path

from matching.views import approval, bulk, desk, requests, runs, swaps, what_if

urlpatterns = [
    path("programmes/<int:pk>/approval/", approval.approval, name="approval"),
    path("people/<int:pk>/ask/", requests.request_create, name="request-create"),
    path("requests/<int:pk>/", requests.request_detail, name="request-detail"),
    path("requests/<int:pk>/answer/", requests.request_answer, name="request-answer"),
    path("requests/<int:pk>/withdraw/", requests.request_withdraw, name="request-withdraw"),
    path("programmes/<int:pk>/runs/start/", runs.run_start, name="run-start"),
    path("programmes/<int:pk>/what-if/", what_if.programme_what_if, name="programme-what-if"),
    path("runs/<int:pk>/", runs.run_detail, name="run-detail"),
    path("runs/<int:pk>/cancel/", runs.run_cancel, name="run-cancel"),
    path("approval/", approval.approval_list, name="approval-list"),
    path("programmes/<int:pk>/approval/bulk/", bulk.approval_bulk, name="approval-bulk"),
    path("bulk/<int:pk>/", bulk.bulk_detail, name="bulk-detail"),
    path("suggestions/<int:pk>/why/", approval.suggestion_why, name="suggestion-why"),
    path("suggestions/<int:pk>/approve/", approval.suggestion_approve, name="suggestion-approve"),
    path("suggestions/<int:pk>/reject/", approval.suggestion_reject, name="suggestion-reject"),
    path("suggestions/<int:pk>/reinstate/", approval.suggestion_reinstate, name="suggestion-reinstate"),
    path("suggestions/<int:pk>/swap/", swaps.suggestion_swap, name="suggestion-swap"),
    path("suggestions/<int:pk>/comment/", desk.suggestion_comment, name="suggestion-comment"),
    path("programmes/<int:pk>/approval/views/", desk.view_save, name="saved-view-save"),
    path("programmes/<int:pk>/approval/views/<int:view>/forget/", desk.view_forget, name="saved-view-forget"),
]
