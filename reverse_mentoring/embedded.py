"""Addresses of the embedded services (placeholder until the package lands)."""


def database_url() -> str:
    return "postgres:///reverse_mentoring"


def redis_url() -> str:
    return "redis://127.0.0.1:6379/0"
