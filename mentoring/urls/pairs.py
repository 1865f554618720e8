"""Addresses of pairs and quick questions."""

from django.urls import URLPattern, path

from mentoring.views import pairs, questions

pair_urls: list[URLPattern] = [
    path("pairs/", pairs.pair_list, name="pair-list"),
    path("pairs/<int:pk>/invitation/", pairs.pair_invitation, name="pair-invitation"),
    path("pairs/<int:pk>/take-back/", pairs.pair_take_back, name="pair-take-back"),
    path("pairs/<int:pk>/withdraw/", pairs.pair_withdraw, name="pair-withdraw"),
    path("questions/new/", questions.question_create, name="question-create"),
]
