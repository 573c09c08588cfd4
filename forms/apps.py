from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "forms"
    label = "cdop_forms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from forms.audit import listening

        listening.begin()
