"""Addresses of programmes."""

from django.urls import URLPattern, path

from mentoring.views import enrolment_questions, enrolments, improvements, programme_design, programmes

programme_urls: list[URLPattern] = [
    path("you-said-we-did/", improvements.improvement_list, name="improvement-list"),
    path("you-said-we-did/log/", improvements.improvement_log, name="improvement-log"),
    path("you-said-we-did/<int:pk>/take-back/", improvements.improvement_take_back, name="improvement-take-back"),
    path("hr/you-said-we-did/", improvements.improvement_desk, name="improvement-desk"),
    path("hr/you-said-we-did/<int:pk>/hold/", improvements.improvement_hold, name="improvement-hold"),
    path("hr/you-said-we-did/days/<int:pk>/remove/", improvements.publication_remove, name="publication-remove"),
    path("programmes/", programmes.programme_list, name="programme-list"),
    path("programmes/new/", programme_design.programme_create, name="programme-create"),
    path("programmes/preview/", programme_design.programme_preview, name="programme-preview"),
    path("programmes/<int:pk>/", programmes.programme_detail, name="programme-detail"),
    path("programmes/<int:pk>/edit/", programme_design.programme_edit, name="programme-edit"),
    path("programmes/<int:pk>/design/<slug:step>/", programme_design.programme_step, name="programme-step"),
    path("programmes/<int:pk>/as-seen/", programme_design.programme_as_seen, name="programme-as-seen"),
    path("programmes/<int:pk>/copy/", programme_design.programme_copy, name="programme-copy"),
    path("programmes/<int:pk>/named/", programme_design.invitee_list, name="invitee-list"),
    path("programmes/<int:pk>/named/remove/", programme_design.invitee_remove, name="invitee-remove"),
    path("programmes/<int:pk>/questions/", enrolment_questions.enrolment_question_add, name="enrolment-question-add"),
    path("programmes/<int:pk>/answers/", enrolment_questions.enrolment_answers, name="enrolment-answers"),
    path("programmes/questions/<int:pk>/", enrolment_questions.enrolment_question_edit, name="enrolment-question-edit"),
    path(
        "programmes/questions/<int:pk>/remove/",
        enrolment_questions.enrolment_question_remove,
        name="enrolment-question-remove",
    ),
    path("programmes/<int:pk>/launch/", programmes.programme_launch, name="programme-launch"),
    path("programmes/<int:pk>/close/", programmes.programme_close, name="programme-close"),
    path("programmes/<int:pk>/enrol/", enrolments.enrol, name="enrol"),
    path("programmes/<int:pk>/new-pair/", enrolments.new_pair, name="new-pair"),
    path("programmes/<int:pk>/withdraw/", enrolments.enrolment_withdraw, name="enrolment-withdraw"),
]
