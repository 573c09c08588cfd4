"""One of everything, so that every address of the product leads somewhere."""

import base64
import datetime as dt
import secrets
import uuid
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image as Drawing
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    PageViewRestriction,
    Site,
    UploadedFile,
    Workflow,
    WorkflowPage,
)

from exports.datasets import all_datasets
from exports.extract import Extract
from exports.figures.showing import Shown
from exports.formats import FORMATS
from exports.imports import services as imports
from exports.models import (
    AnnualReportPage,
    Freeze,
    FrozenFigure,
    NcmdBatch,
    NcmdReturn,
    NcmdSending,
    ReferenceVersion,
)
from exports.ncmd.gateways.file import packed
from exports.prepared.services import ask_for
from exports.research import services as research
from forms.access import SESSION_KEY as DRAFTS
from forms.api.tokens import issue
from forms.models import ApiClient, ApiSubmission, CodeList, FormPage, Translation, Upload
from forms.returning import save_for_later
from forms.sealing import seal
from forms.services import begin, receive
from forms.uploads import vault
from tests.exports.imports.bringing import as_csv, row
from tests.exports.report.writing import report
from tests.exports.research.researching import WISH
from tests.forms.making import page, publish
from tests.forms.test_uploads import PDF
from tests.notifying import invented_answers
from tests.workflow.actions.agreeing import FACTS
from tests.workflow.analyses.writing import go, written
from tests.workflow.analyses.writing import publish as publish_analysis
from tests.workflow.asking import ask, publish_forms
from tests.workflow.family.hearing import hear
from tests.workflow.reviewing import review, somebody
from tests.workflow.safeguarding.referring import suspect
from workflow.analyses import services as analyses
from workflow.attachments.services import attach
from workflow.filters.services import save_filter
from workflow.letters.shipped import load_letters
from workflow.meetings import services as meetings
from workflow.meetings.selectors import item_of
from workflow.models import (
    Action,
    Agency,
    Case,
    ClockRule,
    LetterTemplate,
    MatchSettings,
    MessageTemplate,
    ReferralRecipient,
    ReminderRule,
)
from workflow.outbox.services import write
from workflow.packs import services as packs
from workflow.requests.access import SESSION_KEY as REQUESTS
from workflow.requests.services import hashed
from workflow.safeguarding.shipped import load_recipients
from workflow.services import hold
from workflow.worklist.services import give

NAME = {"kind": "full_name", "key": "name", "label": "Your name", "sensitivity": "I"}
VIEW = {"kind": "long_text", "key": "view", "label": "What do you want to tell us?", "sensitivity": "S"}
CHILDREN = {"kind": "repeat", "key": "children", "label": "Children", "item_title": "Child", "questions": [NAME]}


@dataclass
class World:
    """`values` are arguments of addresses by name; `own` those that mean something else in one namespace."""

    values: dict[str, Any] = field(default_factory=dict)
    own: dict[str, dict[str, Any]] = field(default_factory=dict)
    session: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)

    def arguments(self, name: str, wanted: list[str]) -> list[Any] | None:
        """The arguments of the address `name`, or None where one of them is not known here."""
        known = self.values | self.own.get(name.rpartition(":")[0], {}) | self.own.get(name, {})
        return [known[each] for each in wanted] if set(wanted) <= set(known) else None


def _on_its_way(case: Case, by: User) -> int:
    one, _ = NcmdReturn.objects.get_or_create(case=case, stage="supplementary")
    return NcmdSending.objects.create(ncmd_return=one, revision=1, gateway="api", sealed=seal({}), by=by).pk


def _packed() -> str:
    return seal(base64.b64encode(packed("invented", [], timezone.now(), 1)).decode())


def build(notification: Any) -> World:
    world = World()
    _a_case(world, notification)
    _pages_and_files(world)
    _forms(world)
    _settings(world)
    return world


def _a_case(world: World, notification: Any) -> None:
    """A case before a panel that was shared with the first panel member, with everything a case can have."""
    coordinator = somebody("Coordinator")
    case, other = (
        Case.objects.get(submissions__submission=receive(notification, invented_answers())) for _ in range(2)
    )
    case, analysis = _with_a_draft_analysis(case, coordinator)
    case.packs.filter(state="finished").update(as_pdf=True)
    publish_forms()
    asked = ask(case, coordinator)
    held = hold(case, coordinator, "coroner", [], dt.date(2026, 1, 1))
    token = secrets.token_urlsafe(32)
    soon = timezone.now() + dt.timedelta(days=9)
    action = Action.objects.create(
        case=case, made_by=coordinator, state="told", token_hash=hashed(token), link_expires_at=soon, **FACTS
    )
    receive(notification, invented_answers(narrative="Something new."))
    item = item_of(case)
    message = write("request_code", "gp@invented.example", {}, case=case)
    sent = case.submissions.get().submission
    world.values |= {"reference": case.reference, "other": other.reference, "item": "sex"}
    world.values |= {"request_id": asked.pk, "hold_id": held.pk, "message_id": message.pk, "item_id": item.pk}
    world.values |= {"passage_id": packs.make_pack(case, coordinator).passages.first().pk, "file_id": _file(sent)}
    world.values |= {"form_id": asked.forms.get().pk, "seat_id": item.meeting.seats.get(user__isnull=False).pk}
    read = {"pk": _published_report(coordinator).pk}
    world.own["api:chart"] = {"year": 2024, "number": 1, "table": 1}
    world.own |= {f"exports:{name}": read for name in ("report", "report_partners", "report_partners_pdf")}
    world.own["exports:figure"] = {"number": 3}
    world.own["exports:figure_table"] = {"number": 3, "table": 1}
    world.own["cases:move"] = {"move": "defer"}
    world.values["stage"] = "cdrm"
    world.own["cases:analysis"] = world.own["cases:analysis_sign"] = {"pk": analysis.pk}
    changed = analyses.begin(case, "cdrm", coordinator, "Invented: something new")
    world.own["cases:analysis_go_on"] = world.own["cases:analysis_give_up"] = {"pk": changed.pk}
    load_letters()
    load_recipients()
    suspect(case, coordinator)
    referral = case.referrals.first()
    world.own["cases:referral_letter"] = {"pk": referral.pk}
    world.own["cases:referral_move"] = {"pk": referral.pk, "move": "send"}
    letter = SimpleUploadedFile("letter.pdf", PDF)
    attached = attach(case, coordinator, letter, "letter", timezone.localdate())
    world.own["cases:attachment_withdraw"] = {"pk": attached.pk}
    kept = save_filter(coordinator, "Invented", {"need": ["overdue"]}, shared=True)
    world.own["cases:delete_filter"] = {"pk": kept.pk}
    world.own["cases:together"] = {"act": "note"}
    world.own["cases:family_answer"] = {"pk": hear(case, coordinator).pk}
    world.own["cases:family_letter"] = {"code": LetterTemplate.objects.filter(about="family").first().code}
    world.own["exports:ncmd_sheet"] = {"stage": "notification"}
    world.own["exports:ncmd_hand_over"] = {"stage": "notification"}
    world.own["exports:ncmd_one_sending"] = {"sending_id": _on_its_way(case, coordinator), "what": "take-back"}
    world.own["exports:ncmd_act_on_batch"] = {"what": "take"}
    world.values["batch_id"] = NcmdBatch.objects.create(by=coordinator, sealed=_packed()).pk
    world.own["exports:ncmd_move"] = {"stage": "notification", "move": "send"}
    project = research.ask(coordinator, **WISH)
    world.own |= {name: {"pk": project.pk} for name in ("exports:research_project", "exports:research_extract")}
    world.own["exports:research_move"] = {"pk": project.pk, "move": "approve"}
    large = ask_for(Extract(all_datasets()["cases"], FORMATS["csv"]), "Invented reason", coordinator)
    world.own |= {f"exports:prepared_{what}": {"pk": large.pk} for what in ("fetch", "give_up")}
    brought = imports.begin("Invented system", as_csv([row()]), coordinator)
    edition = ReferenceVersion.objects.create(
        kind="births", name="Invented", dated=timezone.localdate(), by=coordinator
    )
    for name in ("import", "import_columns", "import_meanings", "import_make", "import_undo", "import_discard"):
        world.own[f"exports:{name}"] = {"pk": brought.pk}
    world.own["exports:import_list_use"] = {"pk": edition.pk}
    world.own["work"] = {"pk": give(case, "Invented", coordinator, coordinator).pk}
    world.own["cases:request_move"] = {"move": "cancel"}
    world.own["meetings"] = {"pk": item.meeting_id, "move": "cancel"}
    world.own["actions"] = {"pk": action.pk, "move": "stop"}
    link = type(asked).objects.get(pk=asked.pk).recipient["token"]
    world.own["respond"] = {"token": link}
    world.own["respond:action"] = {"token": token}
    world.session[REQUESTS] = [[asked.pk, hashed(link)]]


def _with_a_draft_analysis(case: Case, coordinator: User) -> tuple[Case, Any]:
    chair = somebody("Panel chair")
    case = review(case, coordinator, chair, until="record_cdrm")
    publish_analysis()
    analysis = written(case, "cdrm", coordinator)
    for move in ("check_quality", "quality_checked", "schedule_panel"):
        case = go(case, move, coordinator, chair)
    meetings.move(item_of(case).meeting, "share", coordinator)
    return case, analysis


def _file(submission: Any) -> uuid.UUID:
    """A picture that was sent with these answers and found clean."""
    drawn = BytesIO()
    Drawing.new("RGB", (9, 9)).save(drawn, "PNG")
    name, key = vault.put(drawn.getvalue())
    facts = {"question": "reports", "content_type": "image/png", "size": 9, "sha256": "0" * 64, "scan": "clean"}
    sealed = seal({"name": "invented.png", "key": key})
    return Upload.objects.create(submission=submission, stored_as=name, sealed=sealed, **facts).pk


def _pages_and_files(world: World) -> None:
    home = Site.objects.get(is_default_site=True).root_page
    child, reviewed = home.get_children()[:2]
    revision = child.specific.save_revision()
    user = somebody("Site editor")
    drawn = BytesIO()
    Drawing.new("RGB", (9, 9)).save(drawn, "PNG")
    image = get_image_model().objects.create(title="Invented", file=ImageFile(drawn, "invented.png"))
    document = get_document_model().objects.create(title="Invented", file=ContentFile(b"Invented", "invented.txt"))
    hidden = Collection.get_first_root_node().add_child(name="Invented")
    world.values |= {"page_id": child.pk, "parent_page_id": home.pk, "page_to_move_id": child.pk, "pk": child.pk}
    world.values |= {"destination_id": home.pk, "revision_id": revision.pk, "revision_id_a": "live"}
    world.values |= {"revision_id_b": "live", "document_id": document.pk, "doc_id": document.pk}
    world.values |= {"image_id": image.pk, "filter_spec": "original", "collection_id": hidden.pk}
    world.values |= {"content_type_app_name": "cdop_content", "content_type_model_name": "guidancepage"}
    world.values |= {"app_label": "cdop_content", "model_name": "guidancepage"}
    for namespace, model in (("wagtaildocs", get_document_model()), ("wagtailimages", get_image_model())):
        kind = ContentType.objects.get_for_model(model)
        waiting = UploadedFile.objects.create(for_content_type=kind, file=ContentFile(b"x", "x.txt"))
        world.own[namespace] = {"uploaded_file_id": waiting.pk}
    world.own["wagtaildocs_chooser"] = world.own["wagtailadmin_api:documents"] = {"pk": document.pk}
    world.own["wagtailimages_chooser"] = world.own["wagtailadmin_api:images"] = {"pk": image.pk}
    world.own["wagtailadmin_api:pages"] = {"pk": child.pk, "action_name": "unpublish"}
    world.own["wagtailadmin_collections"] = {"pk": hidden.pk}
    world.own["wagtail_bulk_action"] = {"app_label": "wagtailcore", "model_name": "page", "action": "delete"}
    world.own["wagtailadmin_tag_model_autocomplete"] = {"app_name": "taggit", "model_name": "tag"}
    world.own["wagtaildocs_serve"] = {"0": document.pk, "1": document.filename}
    of_page = PageViewRestriction.objects.create(page=child, restriction_type="password", password="invented")
    of_files = CollectionViewRestriction.objects.create(
        collection=hidden, restriction_type="password", password="invented"
    )
    world.values |= {"page_view_restriction_id": of_page.pk, "restriction_id": of_files.pk}
    session = EditingSession.objects.create(user=user, content_object=child, last_seen_at=timezone.now())
    world.own["wagtailadmin_editing_sessions"] = {
        "app_label": "wagtailcore", "model_name": "page", "object_id": child.pk, "session_id": session.pk,
    }  # fmt: skip
    workflow = Workflow.objects.get(name="A second look at a form")
    task = workflow.tasks.first()
    WorkflowPage.objects.create(page=reviewed, workflow=workflow)
    reviewed.specific.save_revision()
    state = workflow.start(reviewed.specific, user)
    world.values |= {"action_name": "approve", "task_id": task.pk, "workflow_state_id": state.pk}
    world.values |= {"task_state_id": state.current_task_state.pk}
    for name in ("action", "collect_action_data", "confirm_cancellation", "preview", "history", "history_detail"):
        full = {"action": "workflow_action", "collect_action_data": "collect_workflow_action_data"}
        full |= {"confirm_cancellation": "confirm_workflow_cancellation"}
        world.own[f"wagtailadmin_pages:{full.get(name, f'workflow_{name}')}"] = {"page_id": reviewed.pk}
    world.query["wagtailadmin_api:pages:find"] = f"?id={child.pk}"
    world.query["wagtailadmin_api:documents:find"] = f"?id={document.pk}"
    world.query["wagtailadmin_api:images:find"] = f"?id={image.pk}"
    world.query["wagtail_bulk_action"] = f"?id={child.pk}"
    world.own["wagtailadmin_workflows"] = {
        "pk": workflow.pk, "page_pk": child.pk, "workflow_pk": workflow.pk,
        "app_label": "wagtailcore", "model_name": "groupapprovaltask",
    }  # fmt: skip
    for name in ("edit_task", "disable_task", "enable_task"):
        world.own[f"wagtailadmin_workflows:{name}"] = world.own["wagtailadmin_workflows"] | {"pk": task.pk}
    world.own["media"] = {"path": image.file.name}


def _published_report(by: User) -> AnnualReportPage:
    """With one figure that is drawn."""
    page = report()
    freeze = Freeze.objects.create(report=page, extract=timezone.localdate(), by=by)
    FrozenFigure.objects.create(
        freeze=freeze, block="invented", number=1, first=2024, last=2024, audience="public", title="Invented",
        meaning="Invented", years="2024–25", shown=Shown((), (), ()).stored(), counts={},
        pictures=[{"spec": {}, "svg": "<svg/>", "words": "Invented"}],
    )  # fmt: skip
    AnnualReportPage.objects.filter(pk=page.pk).update(live=True, freeze=freeze)
    return page


def _forms(world: World) -> None:
    version = publish(page("you", NAME, VIEW, CHILDREN), slug="your-views", title="Your views")
    sent = receive(version, {"name": "Invented Parent"})
    world.own["answers"] = {"reference": sent.reference, "file_id": _file(sent)}
    form = version.form
    revision = form.save_revision()
    state = Workflow.objects.get(name="A second look at a form").start(form, somebody("Form editor"))
    of_form = {"pk": form.pk, "slug": form.slug, "language": "cy", "format": "json", "revision_id": revision.pk}
    of_form |= {"workflow_state_id": state.pk, "task_state_id": state.current_task_state.pk}
    of_form |= {"task_id": state.current_task_state.task_id, "page_key": "you"}
    for namespace in ("forms_admin", "form_exchange", "wagtailsnippets_cdop_forms_form"):
        world.own[namespace] = of_form
    world.own["wagtailsnippetchoosers_cdop_forms_form"] = of_form
    Translation.objects.create(form=form, language="cy")
    of_form["place"] = "you"
    draft = begin(version)
    world.own["forms"] = {"draft_id": draft.pk, "page_key": "you", "item_id": "new", "token": "invented"}
    world.session[DRAFTS] = [str(draft.pk)]
    save_for_later(draft, "nurse@invented.example")
    world.own["answers"]["draft_id"] = draft.pk
    for scope in ("read", "submit"):
        client = ApiClient.objects.create(name=f"Invented {scope}", scopes=[scope])
        world.tokens[scope] = issue(client)
    ApiSubmission.objects.create(client=client, key="invented", digest="", submission=sent)
    world.own["api"] = {"slug": "your-views", "reference": sent.reference}
    world.own["wagtailforms"] = {"page_id": FormPage.objects.first().pk}


def _settings(world: World) -> None:
    world.sent["meetings:answer"] = {"said": "accepted"}
    first = {
        "cdop_forms_codelist": CodeList.objects.create(name="invented", title="Invented"),
        "cdop_forms_apiclient": ApiClient.objects.first(),
        "cdop_workflow_agency": Agency.objects.first(),
        "cdop_workflow_clockrule": ClockRule.objects.first(),
        "cdop_workflow_lettertemplate": LetterTemplate.objects.first(),
        "cdop_workflow_referralrecipient": ReferralRecipient.objects.first(),
        "cdop_workflow_messagetemplate": MessageTemplate.objects.first(),
        "cdop_workflow_reminderrule": ReminderRule.objects.create(days=3, template=MessageTemplate.objects.first()),
    }
    for name, thing in first.items():
        world.own[f"wagtailsnippets_{name}"] = world.own[f"wagtailsnippetchoosers_{name}"] = {"pk": thing.pk}
    world.own["wagtailsites"] = {"pk": Site.objects.first().pk}
    world.own["wagtailusers_users"] = {"pk": User.objects.create_user("invented").pk}
    world.own["wagtailusers_groups"] = {"pk": Group.objects.get(name="Analyst").pk}
    world.own["wagtailsettings"] = {
        "app_name": "cdop_workflow", "model_name": "matchsettings", "pk": MatchSettings.load().pk,
    }  # fmt: skip
    world.values["redirect_id"] = Redirect.objects.create(old_path="/invented", redirect_link="/").pk
    world.own["exports"] = {"name": "cases"}
    world.own["wagtailadmin_password_reset_confirm"] = {"uidb64": "MQ", "token": "invented"}
