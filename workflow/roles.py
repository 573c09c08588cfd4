"""The roles of a panel as groups, and the time limits of the process: data, loaded once, editable ever after."""

from collections.abc import Iterable, Iterator

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from workflow.models import ClockRule

Right = tuple[str, str]
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
# What an administrator keeps beside cases: every form, who may log in and as what, which systems may send, the frame
# of the site.
ADMINISTRATION = {
    "auth": ("add_user", "change_user", "view_user", "add_group", "change_group", "view_group"),
    "cdop_forms": ("change_every_form", "add_apiclient", "change_apiclient", "view_apiclient"),
    "wagtailcore": ("change_site", "view_site"),
    "wagtailredirects": ("add_redirect", "change_redirect", "delete_redirect", "view_redirect"),
}
FORM_ROLES = ("Form editor", "Coordinator", "Administrator")
FORM_RIGHTS = ("view_form", "add_form", "change_form", "publish_form", "lock_form", "unlock_form")
LIST_RIGHTS = ("view_codelist", "add_codelist", "change_codelist")
FORM_APPROVERS = ("Coordinator", "Administrator")
FORM_APPROVER_RIGHTS = ("choose_form_editors",)
PAGE_ROLES = ("Site editor", "Coordinator", "Administrator")
SETTINGS_ROLES = ("Coordinator", "Administrator")
SETTINGS_RIGHTS = (
    "change_abroadsettings",
    "change_askingsettings",
    "change_matchsettings",
    "change_panelsettings",
    "add_clockrule",
    "change_clockrule",
    "view_clockrule",
    "add_agency",
    "change_agency",
    "view_agency",
    "change_messagetemplate",
    "view_messagetemplate",
    "change_lettertemplate",
    "view_lettertemplate",
    "add_referralrecipient",
    "change_referralrecipient",
    "view_referralrecipient",
    "add_reminderrule",
    "change_reminderrule",
    "delete_reminderrule",
    "view_reminderrule",
)

# code, label, amount, unit, starts at, met by, warn days before, owner, confirmed (statutory process, §3 and §12)
CLOCK_RULES = [
    ("T1", "Joint decision of the consultants", 2, "hours", "death", "joint_decision", 0, "Attending doctors", False),
    ("T2", "Notify the CDOP", 48, "hours", "death", "notified", 0, "Professional confirming the death", False),
    ("T3", "GP and other services told", 1, "working_days", "death", "services_told", 0, "Hospital", False),
    ("T4", "First JAR contact", 2, "hours", "jar_required", "jar_contact", 0, "Lead health professional", False),
    ("T5", "JAR scene or home visit", 24, "hours", "jar_required", "scene_visit", 0, "Police and health", False),
    ("T6", "First JAR meeting", 5, "working_days", "jar_required", "jar_meeting", 1, "Lead health professional", False),
    ("T7", "Reporting forms back", 3, "weeks", "accept", "information_complete", 5, "Agencies", False),
    ("T8", "Child death review meeting", 3, "months", "death", "record_cdrm", 14, "Designated doctor", False),
    ("T9", "CDRM analysis to the CDOP", 10, "working_days", "record_cdrm", "quality_checked", 3, "CDRM chair", False),
    ("T10", "CDOP review", 6, "weeks", "quality_checked", "record_panel", 7, "CDOP", False),
    ("T10i", "CDOP review after the inquest", 6, "weeks", "inquest_concluded", "record_panel", 7, "CDOP", False),
    ("T11", "Finalise in NCMD", 5, "working_days", "record_panel", "finalise", 1, "Coordinator", False),
    ("T12", "Finalised by the end of the year", 1, "year_ends", "record_panel", "finalise", 28, "Coordinator", True),
    ("SG", "Safeguarding partners told", 1, "days_counted", "abuse_suspected", "referrals_sent", 0, "CDOP", False),
    ("T13", "Serious incident notified", 5, "working_days", "incident_known", "incident_notified", 2,
     "Local authority", True),
    ("T14", "Rapid review", 15, "working_days", "incident_notified", "rapid_review", 5,
     "Safeguarding partners", True),
]  # fmt: skip
# Steps of others that no move meets: they would stay open for every case of an area that does not record them.
SWITCHED_OFF = {"T1", "T3", "T4", "T5"}


def load_roles() -> list[str]:
    """Make the groups that are missing and give each the rights it lacks. Never takes a right away."""
    rights = {
        (right.content_type.app_label, right.codename): right
        for right in Permission.objects.select_related("content_type")
    }
    made = []
    for name in ROLES:
        group, created = Group.objects.get_or_create(name=name)
        group.permissions.add(*(rights[right] for right in _rights(name)))
        made += [name] * created
    _editors(rights)
    _second_look()
    return made


def _rights(role: str) -> Iterator[Right]:
    """What a role may do in the admin, as pairs of an app and a codename."""
    yield "wagtailadmin", "access_admin"
    yield from _of("cdop_workflow", ROLES[role])
    if role in FORM_ROLES:
        yield from _of("cdop_forms", FORM_RIGHTS + LIST_RIGHTS)
    if role in FORM_APPROVERS:
        yield from _of("cdop_forms", FORM_APPROVER_RIGHTS)
    if role in SETTINGS_ROLES:
        yield "cdop_content", "change_areasettings"
        yield from _of("cdop_workflow", SETTINGS_RIGHTS)
        yield "cdop_exports", "change_figuresettings"
        yield "cdop_exports", "change_ncmdlimits"
    if role == "Administrator":
        for app, codenames in ADMINISTRATION.items():
            yield from _of(app, codenames)


def _of(app: str, codenames: Iterable[str]) -> Iterator[Right]:
    return ((app, codename) for codename in codenames)


def _editors(rights: dict[Right, Permission]) -> None:
    """Those who make pages may add, change and publish each, and add, change and use every picture and document."""
    from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

    groups = Group.objects.filter(name__in=PAGE_ROLES)
    page, files = Page.get_first_root_node(), Collection.get_first_root_node()
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=group, page=page, permission=rights["wagtailcore", f"{act}_page"])
            for group in groups
            for act in ("add", "change", "publish")
        ],
        ignore_conflicts=True,
    )
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=group, collection=files, permission=rights[app, f"{act}_{kind}"])
            for group in groups
            for app, kind in (("wagtailimages", "image"), ("wagtaildocs", "document"))
            for act in ("add", "change", "choose")
        ],
        ignore_conflicts=True,
    )


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
        ClockRule.objects.get_or_create(
            code=code, defaults=dict(zip(fields, values, strict=True)) | {"active": code not in SWITCHED_OFF}
        )[1]
        for code, *values in CLOCK_RULES
    )
