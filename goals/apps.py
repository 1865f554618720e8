from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "goals"

    def ready(self) -> None:
        from goals import receivers  # noqa: F401, PLC0415  (models are loaded by now)
