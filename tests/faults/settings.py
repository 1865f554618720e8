"""The site's settings, but for passwords that are quickly hashed: a town has a thousand people."""

from reverse_mentoring.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
