"""An annual report: frozen on a day, checked against the guidance, approved, and read by the public."""

import csv
import datetime as dt
import io
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, WorkflowState
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from exports.figures.years import ReportYear
from exports.models import AnnualReportPage, Freeze, FrozenFigure
from exports.report.approval import load_approval
from exports.report.blocks import STATUTORY, FigureBlock
from exports.report.checklist import problems
from exports.report.differences import differences
from exports.report.services import FreezeRefused, freeze_figures
from forms.models import AuditEntry
from tests.exports.figures.counting import child, reviewed
from tests.exports.report.writing import TEXT, figure, newest, part, report, the_rest, with_another
from workflow.models import Case

pytestmark = pytest.mark.django_db
ADMIN = "/admin/exports/reports/"


@pytest.fixture
def coordinator(client, person):
    user = person("Coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def chair(person):
    load_approval()
    return person("Panel chair")


def published(page: AnnualReportPage) -> AnnualReportPage:
    AnnualReportPage.objects.get(pk=page.pk).get_latest_revision().publish()
    return AnnualReportPage.objects.get(pk=page.pk)


def read(client, page: AnnualReportPage) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def children(number: int, **record) -> None:
    for _ in range(number):
        child(**record)


# Freezing


def test_every_figure_is_frozen_with_its_definition_years_and_numbers(coordinator):
    children(2)
    page = report()
    freeze = freeze_figures(page, coordinator)
    assert [each.number for each in freeze.figures.all()] == [4, 18, 14]
    first = freeze.figures.first()
    assert first.years == "2024–25"
    assert first.counts["Children who died by sex – Female"] == 2
    assert newest(page).freeze_id == freeze.pk


def test_what_is_recorded_later_does_not_change_a_published_report(client, coordinator):
    children(30)
    page = report()
    freeze_figures(page, coordinator)
    page = published(page)
    before = read(client, page)
    children(20)
    assert read(client, page) == before
    assert ">30<" in before


def test_freezing_again_does_not_change_what_is_published_until_that_is_published_too(client, coordinator):
    children(30)
    page = report()
    freeze_figures(page, coordinator)
    page = published(page)
    before = read(client, page)
    children(20)
    freeze_figures(page, coordinator)
    assert read(client, AnnualReportPage.objects.get(pk=page.pk)) == before
    assert ">50<" in read(client, published(page))


def ages(page: AnnualReportPage) -> dict[str, str]:
    """What the public reads of the children who died, by age, in the newest freeze of a report."""
    frozen = FrozenFigure.objects.filter(freeze__report=page.pk, number=3).last()
    return {row: cells[0] for row, cells in frozen.reading.tables[0].rows}


def figure_of(page: AnnualReportPage) -> FrozenFigure:
    return FrozenFigure.objects.filter(freeze=page.freeze).first()


def made_public(page: AnnualReportPage, by) -> AnnualReportPage:
    freeze_figures(page, by)
    return published(page)


def by_age(slug: str, first: int, last: int) -> AnnualReportPage:
    return report(part("trends", TEXT, figure(3, first=first, last=last)), *the_rest(), title=slug, slug=slug)


def test_a_year_more_than_in_last_years_report_does_not_tell_of_the_few_children_of_that_year(coordinator):
    children(20)
    children(30, age_group="5_9_years")
    earlier = made_public(by_age("earlier", 2023, 2024), coordinator)
    children(2, died=dt.date(2025, 6, 1))
    children(9, died=dt.date(2025, 6, 1), age_group="5_9_years")
    later = by_age("later", 2023, 2025)
    freeze_figures(later, coordinator)
    assert (ages(earlier)["1–4 years"], ages(later)["1–4 years"]) == ("20", "*")
    counts = FrozenFigure.objects.get(freeze__report=later.pk, number=3).counts
    assert counts["Children who died by age at death – 1–4 years"] == 22


def test_three_reports_that_add_up_to_one_year_do_not_tell_of_the_few_children_of_that_year(coordinator):
    for year, numbers in {2022: (9, 9), 2023: (20, 30), 2024: (2, 9)}.items():
        for age_group, number in zip(("1_4_years", "5_9_years"), numbers, strict=True):
            children(number, died=dt.date(year, 6, 1), age_group=age_group)
    made_public(by_age("first", 2022, 2023), coordinator)
    made_public(by_age("second", 2022, 2022), coordinator)
    later = by_age("later", 2023, 2024)
    freeze_figures(later, coordinator)
    assert ages(later)["1–4 years"] == "*"


def test_what_was_frozen_and_never_published_is_known_to_nobody(coordinator):
    children(20)
    freeze_figures(by_age("draft", 2023, 2024), coordinator)
    children(2, died=dt.date(2025, 6, 1))
    later = by_age("later", 2023, 2025)
    freeze_figures(later, coordinator)
    assert ages(later)["1–4 years"] == "22"


def test_a_report_that_was_taken_down_has_been_read(coordinator):
    children(20)
    made_public(by_age("earlier", 2023, 2024), coordinator).unpublish()
    children(2, died=dt.date(2025, 6, 1))
    later = by_age("later", 2023, 2025)
    freeze_figures(later, coordinator)
    assert ages(later)["1–4 years"] == "*"


def test_a_version_that_was_replaced_has_been_read_too(coordinator):
    children(20)
    earlier = made_public(by_age("earlier", 2023, 2024), coordinator)
    mistaken = [child() for _ in range(20)]
    made_public(earlier, coordinator)
    Case.objects.filter(pk__in=[each.pk for each in mistaken]).delete()
    children(2, died=dt.date(2025, 6, 1))
    later = by_age("later", 2023, 2025)
    freeze_figures(later, coordinator)
    assert ages(later)["1–4 years"] == "*"


def test_what_last_years_report_hid_stays_hidden(coordinator):
    children(2)
    children(30, age_group="5_9_years")
    children(9, age_group="10_14_years")
    earlier = made_public(by_age("earlier", 2024, 2024), coordinator)
    children(20)
    later = by_age("later", 2024, 2024)
    freeze_figures(later, coordinator)
    assert ages(earlier)["1–4 years"] == ages(later)["1–4 years"] == "*"


def test_news_of_one_child_leaves_a_published_figure_as_it_was_and_partners_read_the_truth(client, coordinator):
    children(20)
    children(20, age_group="0_27_days")
    first = made_public(by_age("first", 2024, 2024), coordinator)
    child()
    second = made_public(by_age("second", 2024, 2024), coordinator)
    assert ages(second) == ages(first)
    assert "too little has changed since to show it" in read(client, second)
    assert "too little has changed since to show it" not in read(client, first)
    true = {row: texts[0] for row, texts in figure_of(second).reading_of_partners.tables[0].rows}
    assert true["1–4 years"] == "21"
    children(6)
    third = made_public(by_age("third", 2024, 2024), coordinator)
    assert ages(third)["1–4 years"] == "27"
    assert figure_of(third).basis == {}


def test_what_a_report_hid_is_hidden_in_the_live_figure_for_the_public_too(client, coordinator):
    children(3)
    children(20, age_group="0_27_days")
    children(20, age_group="5_9_years")
    made_public(by_age("first", 2024, 2024), coordinator)
    children(30)
    address = "/admin/exports/figures/3/?first=2024&last=2024&audience={}&reviews=all"
    public, partners = (client.get(address.format(audience)).content.decode() for audience in ("public", "partners"))
    assert ">33<" in partners
    assert ">33<" not in public
    assert "Not shown" in public


def test_figures_of_which_the_years_of_one_lie_within_those_of_the_other_tell_of_no_few_children(coordinator):
    for year in (2023, 2024):
        for _ in range(12 if year == 2024 else 2):
            child(dt.date(year, 6, 1))
    wide, narrow = figure(3, first=2023, last=2024), figure(4, first=2024, last=2024)
    with pytest.raises(FreezeRefused, match="Figures 3 and 4 together would tell of few children"):
        freeze_figures(report(part("trends", TEXT, wide, narrow)), coordinator)
    children(10)
    for _ in range(10):
        child(dt.date(2023, 6, 1))
    assert freeze_figures(report(part("trends", TEXT, wide, narrow), slug="later"), coordinator)


def test_what_is_not_known_is_not_told_by_the_figure_of_completeness(coordinator):
    """Figure 4 hides how many are not known beside who is few; figure 17 would say how many are known."""
    children(20)
    children(3, sex="male")
    children(6, sex="")
    both = part("trends", TEXT, figure(4), figure(17))
    with pytest.raises(FreezeRefused, match="would tell of what is hidden"):
        freeze_figures(report(both), coordinator)


def test_how_many_infants_there_were_is_not_told_beside_ages_that_are_hidden(coordinator):
    children(20, age_group="5_9_years")
    children(3)
    children(6, age_group="0_27_days", gestation_weeks=30)
    both = part("trends", TEXT, figure(3), figure(13))
    with pytest.raises(FreezeRefused, match="would tell of what is hidden"):
        freeze_figures(report(both), coordinator)


def test_what_was_frozen_is_never_changed_or_deleted(coordinator):
    freeze = freeze_figures(report(), coordinator)
    figure = freeze.figures.first()
    figure.shown = {}
    with pytest.raises(ValidationError):
        figure.save()
    with pytest.raises(ValidationError):
        freeze.delete()


def test_an_extract_of_an_earlier_day_leaves_out_what_was_notified_later(coordinator):
    child(opened=dt.date(2025, 4, 10))
    child(opened=dt.date(2025, 6, 10))
    freeze = freeze_figures(report(), coordinator, dt.date(2025, 5, 1))
    assert freeze.figures.first().counts["Children who died by sex – Female"] == 1


def test_freezing_is_in_the_audit_log(coordinator):
    page = report()
    freeze_figures(page, coordinator)
    line = AuditEntry.objects.get(what="report.frozen")
    assert (line.by_id, line.about) == (coordinator.pk, str(page.pk))


def test_a_report_without_figures_is_not_frozen(coordinator):
    with pytest.raises(FreezeRefused, match="no figure yet"):
        freeze_figures(report(part("trends", TEXT)), coordinator)


def test_figures_that_would_give_each_other_away_are_not_frozen_side_by_side(coordinator):
    for category, number in (("1", 2), ("8", 30), ("9", 30)):
        for _ in range(number):
            reviewed(category=category)
    both = part("trends", figure(10), figure(11))
    with pytest.raises(FreezeRefused, match="choose more years"):
        freeze_figures(report(both), coordinator)
    assert not Freeze.objects.exists()
    freeze_figures(report(part("trends", figure(10), figure(11, "partners")), slug="other"), coordinator)


def test_one_figure_is_not_shown_to_the_public_with_two_ranges_of_years(coordinator):
    twice = part("trends", figure(4, first=2020), figure(4, first=2021))
    with pytest.raises(FreezeRefused, match="two ranges"):
        freeze_figures(report(twice), coordinator)
    freeze_figures(report(part("trends", figure(4), figure(4, "partners", 2020)), slug="other"), coordinator)


def test_a_year_that_is_too_small_to_be_shown_is_not_hidden_among_others(coordinator):
    children(30)
    child(dt.date(2023, 6, 1))
    with pytest.raises(FreezeRefused, match="a year has too few children"):
        freeze_figures(report(part("trends", figure(1, first=2023))), coordinator)


def test_ages_are_the_same_category_in_every_figure(coordinator):
    children(2, age_group="0_27_days")
    children(40, age_group="1_4_years")
    with pytest.raises(FreezeRefused, match="0–27 days"):
        freeze_figures(report(part("trends", figure(2), figure(3))), coordinator)


@pytest.mark.parametrize("role", ["Analyst", "Panel chair", "Site editor", "Information governance"])
def test_only_who_runs_reviews_and_may_take_out_data_freezes(role, person):
    with pytest.raises(PermissionDenied):
        freeze_figures(report(), person(role))


# Differences


def test_differences_are_listed_and_there_are_none_at_first(coordinator):
    children(2)
    page = report()
    freeze_figures(page, coordinator)
    assert list(differences(newest(page))) == []
    child(sex="male")
    [found] = differences(newest(page))
    assert (found.place, found.frozen, found.now) == ("Children who died by sex – Male", 0, 1)


# Checklist


def test_a_complete_frozen_report_has_no_problems(coordinator):
    page = report()
    freeze_figures(page, coordinator)
    assert problems(newest(page)) == []


@pytest.mark.parametrize("about", STATUTORY)
@pytest.mark.parametrize("left_out", ["text", "figure"])
def test_each_statutory_part_needs_text_and_a_public_figure(about, left_out):
    blocks = {"text": [TEXT], "figure": [figure()]}
    blocks[left_out] = []
    parts = [part(each, TEXT, figure()) for each in STATUTORY if each != about]
    found = problems(newest(report(*parts, part(about, *blocks["text"], *blocks["figure"]))))
    assert [sentence for sentence in found if STATUTORY[about] in sentence] == [
        f"“{STATUTORY[about]}” needs " + {"text": "text.", "figure": "a figure that the public may read."}[left_out]
    ]


def test_empty_text_is_no_text():
    empty = {"type": "text", "value": "<p> </p>"}
    found = problems(newest(report(part("trends", empty, figure()))))
    assert f"“{STATUTORY['trends']}” needs text." in found


def test_a_figure_for_partners_is_none_that_the_public_may_read():
    found = problems(newest(report(part("trends", TEXT, figure(audience="partners")))))
    assert f"“{STATUTORY['trends']}” needs a figure that the public may read." in found


def test_a_figure_that_was_added_after_the_freeze_is_a_problem(coordinator):
    page = report()
    freeze_figures(page, coordinator)
    found = problems(with_another(page, part("other", figure(8))))
    assert found == ["A figure was added or changed since the figures were frozen. Freeze them again."]


def test_years_in_the_wrong_order_are_refused():
    with pytest.raises(ValidationError):
        FigureBlock().clean({"number": "1", "first": 2024, "last": 2023, "audience": "public"})


# Approval


def submitted(client, page: AnnualReportPage, action: str = "action-submit", **more: str):
    """Send the editor's form as it is."""
    draft = newest(page)
    parts = [
        ("part", {"about": each.value["about"], "title": each.value["title"], "body": streamfield(_blocks(each))})
        for each in draft.body
    ]
    data = nested_form_data(
        {"title": draft.title, "slug": draft.slug, "report_year": 2024, "owner_role": "Team", "summary": "",
         "last_reviewed": "", "seo_title": "", "search_description": "", "go_live_at": "", "expire_at": "",
         "body": streamfield(parts), "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0,
         "MAX_NUM_FORMS": ""}, action: "1"}
    )  # fmt: skip
    ids = {f"body-{place}-id": each.id for place, each in enumerate(draft.body)}
    for place, each in enumerate(draft.body):
        ids |= {f"body-{place}-value-body-{inner}-id": block.id for inner, block in enumerate(each.value["body"])}
    return client.post(f"/admin/pages/{page.pk}/edit/", data | ids | more)


def _blocks(part):
    return [
        ("figure", dict(block.value)) if block.block_type == "figure" else ("text", rich_text("<p>Words.</p>"))
        for block in part.value["body"]
    ]


def test_a_report_that_lacks_something_is_not_submitted_and_says_what(client, coordinator, chair):
    page = report(part("trends", TEXT, figure()))
    response = submitted(client, page)
    assert response.status_code == 200
    text = response.content.decode()
    assert "“Lessons learnt and actions taken” needs text." in text
    assert "The figures have not been frozen." in text
    assert not WorkflowState.objects.exists()


def test_a_complete_report_is_submitted_approved_by_the_chair_and_public(client, coordinator, chair):
    page = report()
    freeze_figures(page, coordinator)
    assert submitted(client, page).status_code == 302
    state = WorkflowState.objects.get()
    assert state.status == "in_progress"
    assert not AnnualReportPage.objects.get(pk=page.pk).live
    state.current_task_state.approve(user=chair)
    page = AnnualReportPage.objects.get(pk=page.pk)
    assert page.live
    assert page.freeze_id == Freeze.objects.get().pk


def test_the_chair_who_approved_it_in_the_editor_is_led_to_a_screen_that_they_may_see(client, coordinator, chair):
    page = report()
    freeze_figures(page, coordinator)
    submitted(client, page)
    client.force_login(chair)
    more = {"workflow-action-name": "approve"}
    led = submitted(client, page, "action-workflow-action", **more)
    assert AnnualReportPage.objects.get(pk=page.pk).live
    assert led["Location"] == reverse("wagtailadmin_home")
    assert "do not have permission" not in client.get(led["Location"]).content.decode()


def test_nobody_but_the_chair_publishes(client, coordinator, chair, person):
    page = report()
    for role in ("Coordinator", "Site editor", "Administrator"):
        assert not page.permissions_for_user(person(role)).can_publish()
    assert page.permissions_for_user(chair).can_publish()
    freeze_figures(page, coordinator)
    submitted(client, page, "action-publish")
    assert not AnnualReportPage.objects.get(pk=page.pk).live


def test_figures_are_not_frozen_again_while_the_report_is_being_approved(client, coordinator, chair):
    page = report()
    freeze_figures(page, coordinator)
    submitted(client, page)
    with pytest.raises(FreezeRefused, match="being approved"):
        freeze_figures(AnnualReportPage.objects.get(pk=page.pk), coordinator)


def test_the_approval_is_made_once():
    assert load_approval()
    assert not load_approval()


# The public page


def test_the_public_never_reads_a_hidden_number_or_a_figure_for_partners(client, coordinator):
    children(3, sex="male")
    children(30, sex="female")
    page = report(part("trends", TEXT, figure(4), figure(8, "partners")), *the_rest())
    freeze_figures(page, coordinator)
    client.logout()
    text = read(client, published(page))
    assert "Children who died by sex" in text
    assert ">3<" not in text
    assert "* Not shown" in text
    assert "place of death" not in text


def test_a_table_of_the_public_page_is_a_file_and_others_are_not(client, coordinator):
    children(3, sex="male")
    children(30, sex="female")
    page = report(part("trends", TEXT, figure(4), figure(8, "partners")), *the_rest())
    freeze_figures(page, coordinator)
    page = published(page)
    client.logout()
    public, partners = FrozenFigure.objects.order_by("pk")[:2]
    response = client.get(f"{page.url}tables/{public.pk}-1/")
    rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(response.content.decode()))}
    assert rows["Male"] == ["*", "*"]
    for missing in (f"{partners.pk}-1", f"{public.pk}-9", f"{public.pk}-0", "99999-1"):
        assert client.get(f"{page.url}tables/{missing}/").status_code == 404


def test_figures_of_another_freeze_are_no_files_of_this_page(client, coordinator):
    page = report()
    old = freeze_figures(page, coordinator).figures.first()
    freeze_figures(page, coordinator)
    page = published(page)
    assert client.get(f"{page.url}tables/{old.pk}-1/").status_code == 404


def test_a_draft_is_not_public(client, coordinator):
    page = report()
    freeze_figures(page, coordinator)
    client.logout()
    assert client.get(page.url or "/report/").status_code == 404


def test_the_page_of_a_family_reads_calls_no_child_a_case(client, coordinator):
    children(30)
    page = report(*[part("trends", TEXT, *[figure(number) for number in (1, 3, 8, 12, 15, 17, 20)])], *the_rest())
    freeze_figures(page, coordinator)
    body = read(client, published(page)).partition("<article")[2].partition("</article>")[0]
    assert " case" not in body.lower()


# The screens


def test_the_screen_says_what_is_missing_freezes_and_lists_what_has_changed(client, coordinator):
    children(2)
    page = report()
    address = f"{ADMIN}{page.pk}/"
    assert "The figures have not been frozen." in client.get(address).content.decode()
    assert client.post(address, follow=True).status_code == 200
    text = client.get(address).content.decode()
    assert "The report has all that it needs." in text
    assert "the figures would be the same today" in text
    child(sex="male")
    assert "Children who died by sex – Male" in client.get(address).content.decode()


def test_a_refusal_is_told_on_the_screen(client, coordinator):
    page = report(part("trends", TEXT))
    assert "The report has no figure yet." in client.post(f"{ADMIN}{page.pk}/", follow=True).content.decode()


def test_the_screen_says_that_a_report_is_published_or_waits_for_approval(client, coordinator, chair):
    page = report()
    freeze_figures(page, coordinator)
    submitted(client, page)
    waiting = client.get(f"{ADMIN}{page.pk}/").content.decode()
    assert "It waits for the approval" in waiting
    assert "Submit it in the editor" not in waiting
    WorkflowState.objects.get().current_task_state.approve(user=chair)
    done = client.get(f"{ADMIN}{page.pk}/").content.decode()
    assert "This version is published" in done
    assert "Submit it in the editor" not in done
    newest(page).save_revision()
    assert "Submit it in the editor" in client.get(f"{ADMIN}{page.pk}/").content.decode()


def test_a_report_is_begun_from_the_list_for_the_year_that_has_ended_and_as_a_draft(client, coordinator):
    begin = re.search(r'href="([^"]*/annualreportpage/\d+/)"', client.get(ADMIN).content.decode())[1]
    editor = client.get(begin).content.decode()
    assert f'name="report_year" value="{ReportYear.last_ended().start}"' in editor
    assert "action-publish" not in editor
    assert "action-submit" not in editor
    assert "Save draft" in editor


def test_who_may_write_no_page_is_not_asked_to_begin_one(client, coordinator):
    GroupPagePermission.objects.all().delete()
    assert "Write a report" not in client.get(ADMIN).content.decode()


def test_a_copy_of_a_report_has_no_figures_until_they_are_frozen_for_it(client, coordinator):
    page = report()
    freeze_figures(page, coordinator)
    copy = newest(page).copy(update_attrs={"slug": "next", "title": "Next"}, user=coordinator)
    assert AnnualReportPage.objects.get(pk=copy.pk).freeze is None
    assert newest(copy).freeze is None
    assert any("have not been frozen" in problem for problem in problems(newest(copy)))


def test_a_copy_that_was_to_be_public_at_once_is_refused_and_said(client, coordinator, django_user_model):
    page = made_public(report(), coordinator)
    client.force_login(django_user_model.objects.create_superuser("invented-admin"))
    asked = {"new_title": "Next", "new_slug": "next", "new_parent_page": page.get_parent().pk, "publish_copies": "on"}
    said = client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), asked, follow=True).content.decode()
    assert "cannot be published yet" in said
    assert not AnnualReportPage.objects.filter(slug="next").exists()


def test_more_reports_are_listed_in_no_more_queries(client, coordinator):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert "Annual report 20" in client.get(ADMIN).content.decode()
        return len(captured)

    report(slug="report-2017", title="Annual report 2017")
    queries()
    before = queries()
    for year in range(2018, 2026):
        report(slug=f"report-{year}", title=f"Annual report {year}", report_year=year)
    assert queries() == before


def test_a_report_that_no_editor_has_saved_is_saved_first(coordinator):
    blocks = {"about": "trends", "title": "Trends", "body": [{"type": "figure", "value": figure()["value"]}]}
    with pytest.raises(FreezeRefused, match="Save the report in the editor"):
        freeze_figures(report({"type": "part", "value": blocks}), coordinator)


@pytest.mark.parametrize("role", ["Analyst", "Panel chair", "Site editor", "Panel member"])
def test_others_are_refused(client, person, role):
    client.force_login(person(role))
    assert client.get(ADMIN).status_code == 302
    assert client.post(f"{ADMIN}{report().pk}/").status_code == 302
    assert not Freeze.objects.exists()


# The day of the extract


def test_the_figures_are_frozen_as_known_on_the_day_that_is_chosen(client, coordinator):
    page = report(part("trends", TEXT, figure(1)))
    told = client.post(f"{ADMIN}{page.pk}/", {"extract": "2025-07-01"}, follow=True).content.decode()
    assert "The figures were frozen as known on 1 July 2025." in told
    assert newest(page).freeze.extract == dt.date(2025, 7, 1)


@pytest.mark.parametrize(
    ("day", "sentence"), [("2999-01-01", "This day has not come yet."), ("x", "Enter a valid date.")]
)
def test_a_day_that_cannot_be_is_said_and_nothing_is_frozen(client, coordinator, day, sentence):
    page = report(part("trends", TEXT, figure(1)))
    assert sentence in client.post(f"{ADMIN}{page.pk}/", {"extract": day}).content.decode()
    assert not Freeze.objects.exists()


def test_without_a_day_it_is_today(client, coordinator):
    page = report(part("trends", TEXT, figure(1)))
    client.post(f"{ADMIN}{page.pk}/")
    assert newest(page).freeze.extract == timezone.localdate()
