from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "mentoring"

    def ready(self) -> None:
        import mentoring.receivers  # noqa: F401, PLC0415  (models are there only by now)
