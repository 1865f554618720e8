from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "mentoring"

    def ready(self) -> None:
        import mentoring.receivers  # noqa: F401, PLC0415  (models are there only by now)
        from mentoring.forms.words import speak_plainly  # noqa: PLC0415

        speak_plainly()
