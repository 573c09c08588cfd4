from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "workflow"
    label = "cdop_workflow"
    default_auto_field = "django.db.models.BigAutoField"
