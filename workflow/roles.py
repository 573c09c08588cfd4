"""The roles of a panel as groups, and the time limits of the process: data, loaded once, editable ever after."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from workflow.models import ClockRule

CASE_RIGHTS = ("view_case", "work_case", "view_identity", "export_data", "export_identity", "read_audit")
ROLES: dict[str, tuple[str, ...]] = {
    "Site editor": (),
    "Form editor": (),
    "Coordinator": ("view_case", "work_case", "view_identity", "export_data", "export_identity"),
    "Designated doctor": ("view_case", "oversee_case", "view_identity"),
    "Panel chair": ("view_case", "sign_off_case"),
    "Panel member": ("read_panel_case",),
    "Analyst": ("export_data",),
    "Information governance": ("read_audit",),
    "Administrator": CASE_RIGHTS,
}
# What an administrator keeps beside cases: who may log in and as what, and the frame of the site.
ADMINISTRATION = {
    "auth": ("add_user", "change_user", "view_user", "add_group", "change_group", "view_group"),
    "wagtailcore": ("change_site", "view_site"),
    "wagtailredirects": ("add_redirect", "change_redirect", "delete_redirect", "view_redirect"),
}
FORM_ROLES = ("Form editor", "Coordinator", "Administrator")
FORM_RIGHTS = ("view_form", "add_form", "change_form", "publish_form", "lock_form", "unlock_form")
LIST_RIGHTS = ("view_codelist", "add_codelist", "change_codelist")
FORM_APPROVERS = ("Coordinator", "Administrator")
PAGE_ROLES = ("Site editor", "Coordinator", "Administrator")
SETTINGS_ROLES = ("Coordinator", "Administrator")
SETTINGS_RIGHTS = (
    "change_clockrule",
    "view_clockrule",
    "add_agency",
    "change_agency",
    "view_agency",
    "change_messagetemplate",
    "view_messagetemplate",
    "add_reminderrule",
    "change_reminderrule",
    "delete_reminderrule",
    "view_reminderrule",
)

# code, label, amount, unit, starts at, met by, warn days before, owner, confirmed (statutory process, §3)
CLOCK_RULES = [
    ("T2", "Notify the CDOP", 48, "hours", "death", "notified", 0, "Professional confirming the death", False),
    ("T6", "First JAR meeting", 5, "working_days", "jar_required", "jar_meeting", 1, "Lead health professional", False),
    ("T7", "Reporting forms back", 3, "weeks", "accept", "information_complete", 5, "Agencies", False),
    ("T8", "Child death review meeting", 3, "months", "death", "record_cdrm", 14, "Designated doctor", False),
    ("T9", "CDRM analysis to the CDOP", 10, "working_days", "record_cdrm", "quality_checked", 3, "CDRM chair", False),
    ("T10", "CDOP review", 6, "weeks", "quality_checked", "record_panel", 7, "CDOP", False),
    ("T11", "Finalise in NCMD", 5, "working_days", "record_panel", "finalise", 1, "Coordinator", False),
]


def load_roles() -> list[str]:
    """Make the groups that are missing and give each the rights it lacks. Never takes a right away."""
    made = []
    for name, rights in ROLES.items():
        group, created = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions("cdop_workflow", rights), *_admin_access())
        if name in FORM_ROLES:
            group.permissions.add(*_permissions("cdop_forms", FORM_RIGHTS + LIST_RIGHTS))
        if name in SETTINGS_ROLES:
            group.permissions.add(*_permissions("cdop_content", ("change_areasettings",)))
            group.permissions.add(*_permissions("cdop_workflow", SETTINGS_RIGHTS))
        if name in PAGE_ROLES:
            _pages(group)
            _files(group)
        if name == "Administrator":
            for app, codenames in ADMINISTRATION.items():
                group.permissions.add(*_permissions(app, codenames))
        made += [name] * created
    _second_look()
    return made


def _permissions(app: str, codenames: tuple[str, ...]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=codenames))


def _admin_access() -> list[Permission]:
    return _permissions("wagtailadmin", ("access_admin",))


def _pages(group: Group) -> None:
    """May add, change and publish every public page."""
    from wagtail.models import GroupPagePermission, Page

    root = Page.get_first_root_node()
    for permission in _permissions("wagtailcore", ("add_page", "change_page", "publish_page")):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _files(group: Group) -> None:
    """May add, change and use every picture and document of the public pages."""
    from wagtail.models import Collection, GroupCollectionPermission

    root = Collection.get_first_root_node()
    kinds = ("wagtailimages", "image"), ("wagtaildocs", "document")
    for app, kind in kinds:
        for permission in _permissions(app, tuple(f"{act}_{kind}" for act in ("add", "change", "choose"))):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _second_look() -> None:
    """“Submit to …” in the form editor: somebody else looks at a form before it is published. Made once."""
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

    content_type = ContentType.objects.get(app_label="cdop_forms", model="form")
    if WorkflowContentType.objects.filter(content_type=content_type).exists():
        return
    workflow = Workflow.objects.create(name="A second look at a form")
    task = GroupApprovalTask.objects.create(name="Second look by a coordinator")
    task.groups.set(Group.objects.filter(name__in=FORM_APPROVERS))
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowContentType.objects.create(workflow=workflow, content_type=content_type)


def load_clock_rules() -> int:
    """Add the time limits that are missing; the number added. One that is there is never changed."""
    fields = ("label", "amount", "unit", "starts_at", "met_by", "warn_days", "owner", "confirmed")
    return sum(
        ClockRule.objects.get_or_create(code=code, defaults=dict(zip(fields, values, strict=True)))[1]
        for code, *values in CLOCK_RULES
    )
