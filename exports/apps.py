from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "exports"
    label = "cdop_exports"
    default_auto_field = "django.db.models.BigAutoField"
