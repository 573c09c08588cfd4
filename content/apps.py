from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    label = "cdop_content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from content.services import mark_changed
        from content.signals import public_site_changes

        for signal, sender in public_site_changes():
            signal.connect(mark_changed, sender=sender)
