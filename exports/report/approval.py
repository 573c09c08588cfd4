"""Approval of reports in Wagtail's workflow, by the role that signs off for the panel. Made once, editable after."""

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from exports.models.report import APPROVAL

APPROVERS = ("Panel chair",)


def load_approval() -> bool:
    """Make the workflow when it is missing; whether it was."""
    if Workflow.objects.filter(name=APPROVAL).exists():
        return False
    workflow = Workflow.objects.create(name=APPROVAL)
    task = GroupApprovalTask.objects.create(name="Approval by the chair of the panel")
    task.groups.set(Group.objects.filter(name__in=APPROVERS))
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return True
