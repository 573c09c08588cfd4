from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "workflow"
    label = "cdop_workflow"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from forms.signals import submission_received
        from workflow import intake, triggers
        from workflow.analyses import intake as analyses
        from workflow.requests import intake as returns

        post_migrate.connect(triggers.protect, dispatch_uid="workflow.triggers")
        submission_received.connect(intake.receive, dispatch_uid="workflow.intake")
        submission_received.connect(returns.receive, dispatch_uid="workflow.returns")
        submission_received.connect(analyses.receive, dispatch_uid="workflow.analyses")
