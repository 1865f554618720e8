from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class SiteConfig(AppConfig):
    name = "reverse_mentoring"
    default = True


class OperatorsConfig(admin_apps.AdminConfig):
    default = False
    default_site = "reverse_mentoring.operators.Operators"
