from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "reverse_mentoring"
