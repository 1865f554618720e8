"""One strict settings file: everything that differs between places comes from the environment.

`PRODUCTION=1` demands every secret and address. Without it the site answers on this machine only, with keys that
are good for trying and testing. `DEMO=1` adds the demo company's one-click sign-in and refuses to meet `PRODUCTION=1`.
`docs/operations.md` lists every variable.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from reverse_mentoring import embedded, tracebacks
from reverse_mentoring.redis_databases import cache_url

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(os.environ.get("ENV_FILE", BASE_DIR / ".env"))

PRODUCTION: bool = env.bool("PRODUCTION", default=False)
DEMO: bool = env.bool("DEMO", default=False)
DEBUG: bool = env.bool("DEBUG", default=False)
if PRODUCTION and (DEMO or DEBUG):
    raise ImproperlyConfigured("DEMO and DEBUG must be off where PRODUCTION is set.")


def required_in_production(name: str, local: str) -> str:
    """The variable's value; where PRODUCTION is set it must be there, elsewhere `local` stands in."""
    return str(env.str(name)) if PRODUCTION else str(env.str(name, default=local))


SECRET_KEY = required_in_production("SECRET_KEY", "for-this-machine-only-" + "0123456789" * 4)
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
# Newest first: the first one encrypts, all of them decrypt. See docs/operations.md on rotating them.
PRIVATE_TEXT_KEYS = [
    key.strip()
    for key in required_in_production("PRIVATE_TEXT_KEYS", "bG9jYWwtb25seS1rZXktZm9yLXRyeWluZy1pdC1vdXQ=").split(",")
]
SITE_URL = required_in_production("SITE_URL", f"http://127.0.0.1:{env.int('PORT', default=8000)}").rstrip("/")
COMPANY_NAME: str = env.str("COMPANY_NAME", default="Marlow & Finch" if DEMO else "Our company")
# Sign-up is open to these e-mail domains only; empty means that people come by invitation only in production.
COMPANY_EMAIL_DOMAINS: list[str] = [
    d.lower() for d in env.list("COMPANY_EMAIL_DOMAINS", default=["demo.example"] if DEMO else [])
]

ALLOWED_HOSTS: list[str] = (
    env.list("ALLOWED_HOSTS", default=[urlsplit(SITE_URL).hostname])
    if PRODUCTION
    else ["127.0.0.1", "localhost", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
HTTPS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "insights",
    "matching",
    "goals",
    "mentoring",
    "notifications",
    "reverse_mentoring",
    "reverse_mentoring.apps.OperatorsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "django_filters",
    "django_htmx",
    "csp",
    "lucide",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reverse_mentoring.middleware.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "reverse_mentoring.middleware.PersonTimeZoneMiddleware",
    "reverse_mentoring.middleware.ButtonsAloneMiddleware",
    "reverse_mentoring.middleware.WholeAddressMiddleware",
    "reverse_mentoring.middleware.BrokerMiddleware",
]

ADMIN_PATH: str = env.str("ADMIN_PATH", default="admin/")
ROOT_URLCONF = "reverse_mentoring.urls"
WSGI_APPLICATION = "reverse_mentoring.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "reverse_mentoring.template_loader.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reverse_mentoring.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "house"
CRISPY_TEMPLATE_PACK = "house"

# PostgreSQL is the truth; where no address is given, the embedded one of this checkout.
DATABASES = {"default": env.db_url_config(env.str("DATABASE_URL", default="") or embedded.database_url())}
if PRODUCTION and not env.str("DATABASE_URL", default=""):
    raise ImproperlyConfigured("Set DATABASE_URL: production brings its own PostgreSQL.")
DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True, ATOMIC_REQUESTS=False)
DATABASES["default"].setdefault("OPTIONS", {}).update(
    connect_timeout=5,
    # PostgreSQL weighs every order of up to 8 joins: to plan "a pair and all that belongs to its people" would take
    # thirty times as long as to find it. Wide queries name their tables in the order in which to go along them.
    options="-c statement_timeout={} -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000"
    " -c join_collapse_limit=5".format(env.int("STATEMENT_TIMEOUT_MS", default=30000)),
)

# Queries that every page asks are planned once for each connection: mentoring/prepared.py says when not to.
DATABASE_PREPARES: bool = env.bool("DATABASE_PREPARES", default=True)

REDIS_URL: str = env.str("REDIS_URL", default="") or embedded.redis_url()
if PRODUCTION and not env.str("REDIS_URL", default=""):
    raise ImproperlyConfigured("Set REDIS_URL: production brings its own Redis or Valkey.")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.str("CACHE_URL", default="") or cache_url(REDIS_URL),
        "KEY_PREFIX": "rm",
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    },
    # Of each process: parts of pages by what is in them (reverse_mentoring/templatetags/drawn.py), counts for a minute.
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "process",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
# Longer work tells now and then that its worker is alive; after this long without a sign another one takes it up.
WORKER_SILENT_SECONDS: int = env.int("WORKER_SILENT_SECONDS", default=90)

# From so many people on, a matching run is cut into blocks that all workers take.
MATCHING_BLOCKS_FROM: int = env.int("MATCHING_BLOCKS_FROM", default=50_000)
# After so long a run looks for nothing better, and says how much better an answer could be.
MATCHING_SECONDS: float = env.float("MATCHING_SECONDS", default=1800.0)

# Where the HR system drops files of people; empty reads none. See docs/operations.md.
IMPORT_FOLDER: str = env.str("IMPORT_FOLDER", default="")
IMPORT_STOP_PERCENT: float = env.float("IMPORT_STOP_PERCENT", default=5.0)
IMPORT_LEAVERS: bool = env.bool("IMPORT_LEAVERS", default=False)

AUTH_USER_MODEL = "mentoring.User"
# The address is unique, whatever its case, by a constraint over Lower("email"); preloading is the operator's choice.
SILENCED_SYSTEM_CHECKS = ["auth.W004", "security.W021"]
AUTHENTICATION_BACKENDS = ["mentoring.auth.PersonBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "mentoring.auth.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {"signup": "mentoring.forms.sign_up.SignUpForm", "add_email": "mentoring.forms.sign_up.AddEmailForm"}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# A whole office stands behind one address, and on the first day of a programme it all comes at once.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "signup": "60/m/ip", "login_failed": "30/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Keys and passkeys work over plain HTTP on this machine alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
USERSESSIONS_TRACK_ACTIVITY = False

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = not PRODUCTION
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="smtp://localhost:25" if PRODUCTION else "dummymail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)  # seconds for each step with the mail server
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="Reverse mentoring <mentoring@demo.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "mentoring.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS and env.bool("SECURE_HSTS_PRELOAD", default=False)  # hard to take back: opt in
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # rate limits count visitors, not the proxy

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(tracebacks.as_text),
        structlog.processors.JSONRenderer(),
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": tracebacks.Formatter, "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
