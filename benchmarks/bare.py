"""A bare Django page to compare with: a session, one query, a small template. Served by the same gunicorn."""

import os

import django
from django.conf import settings

if not settings.configured:
    import environ

    from reverse_mentoring import embedded

    settings.configure(
        SECRET_KEY="bare", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF="benchmarks.bare", USE_TZ=True,
        DATABASES={"default": {**environ.Env.db_url_config(embedded.database_url()), "CONN_MAX_AGE": 60}},
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
        MIDDLEWARE=["benchmarks.measure.Measure", "django.contrib.sessions.middleware.SessionMiddleware"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    )  # fmt: skip
    django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

PAGE = Template(
    "<!DOCTYPE html><title>{{ name }}</title><h1>{{ name }}</h1>{% for n in numbers %}<p>{{ n }}</p>{% endfor %}"
)


def page(request: HttpRequest) -> HttpResponse:
    request.session.get("_auth_user_id")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM mentoring_person WHERE user_id = 1")
        (name,) = cursor.fetchone()
    return HttpResponse(PAGE.render(Context({"name": name, "numbers": range(20)})))


urlpatterns = [path("bare/", page)]
application = get_wsgi_application()
assert os.environ
