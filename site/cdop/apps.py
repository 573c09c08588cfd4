from django.apps import AppConfig


class CdopConfig(AppConfig):
    name = "cdop"
    label = "cdop"
    verbose_name = "Child death reviews"

    def ready(self) -> None:
        from cdop import auth  # noqa: F401 (registers a check)
