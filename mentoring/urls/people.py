"""Addresses of people and skills."""

from django.urls import URLPattern, path

from mentoring.views import invitations

people_urls: list[URLPattern] = [
    path("invitations/<str:token>/", invitations.invitation_accept, name="invitation-accept"),
]
