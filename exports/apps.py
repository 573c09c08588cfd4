from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "exports"
    label = "cdop_exports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from exports.factors.services import analysis_moved
        from exports.ncmd.drawing import return_page
        from exports.ncmd.services import case_moved
        from exports.research.drawing import project_page
        from forms.signals import written_once
        from workflow.drawing import FROM_ABOVE
        from workflow.models import AnalysisChange, StateChange

        FROM_ABOVE["ncmd"] = return_page
        FROM_ABOVE["research"] = project_page
        written_once.connect(case_moved, sender=StateChange, dispatch_uid="exports.ncmd")
        written_once.connect(analysis_moved, sender=AnalysisChange, dispatch_uid="exports.factors")
