from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "workflow"
    label = "cdop_workflow"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from forms.signals import submission_received
        from workflow import intake
        from workflow.requests import intake as returns

        submission_received.connect(intake.receive, dispatch_uid="workflow.intake")
        submission_received.connect(returns.receive, dispatch_uid="workflow.returns")
