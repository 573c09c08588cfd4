"""The report as a PDF that a screen reader can read, kept when it is published."""

import re

import pytest

from exports.models import ReportPdf
from exports.report.pdf import _content, in_steps, pdf_of
from exports.report.services import freeze_figures
from exports.report.texts import texts_of
from tests.exports.figures.counting import child
from tests.exports.report.writing import TEXT, complete, figure, newest, part, report
from tests.pdf import everything_in, kinds_in

pytestmark = pytest.mark.django_db
WORDS = {"type": "text", "value": "<h3>Who</h3><p>Invented <b>words</b>.</p><ul><li>one</li><li>two</li></ul>"}


@pytest.fixture
def frozen(person):
    for _ in range(12):
        child()
    page = report(part("trends", WORDS, figure(1), figure(3)))
    freeze_figures(page, person("Coordinator"))
    return newest(page)


@pytest.fixture
def published(person, client):
    page = report(*complete())
    freeze_figures(page, person("Coordinator"))
    newest(page).get_latest_revision().publish()
    page.refresh_from_db()
    return page


def test_it_is_tagged_has_a_title_a_language_and_names_its_standard(frozen):
    inside = everything_in(pdf_of(frozen))
    assert re.search(r"/Marked true", inside)
    assert re.search(r"/Lang ?\(en-GB\)", inside)
    assert "/DisplayDocTitle true" in inside
    assert "pdfuaid" in inside
    assert "Annual report 2024" in inside


def test_headings_lists_tables_and_pictures_are_tagged_as_such(frozen):
    kinds = kinds_in(pdf_of(frozen))
    assert {"Title", "H1", "H2", "H3", "L", "LI", "P", "Table", "THead", "TR", "TH", "TD", "Figure"} <= set(kinds)


def test_every_picture_has_words_and_every_table_has_headings(frozen):
    pdf = pdf_of(frozen)
    kinds = kinds_in(pdf)
    assert len(re.findall(r"/Alt ?[(<]", everything_in(pdf))) >= kinds.count("Figure") > 0
    assert kinds.count("THead") == kinds.count("Table") > 0


def test_the_words_of_the_area_stand_where_the_editor_put_them(frozen):
    frozen.summary = "Of [area] & its children."
    about = _content(frozen, "public")["about"]
    assert about[0] == "Of Cambridgeshire and Peterborough & its children."


def test_partners_read_true_numbers_and_a_page_that_says_so(frozen):
    assert pdf_of(frozen, "partners") != pdf_of(frozen)


def test_what_somebody_wrote_is_never_read_as_markup(person):
    page = report(
        part("trends", {"type": "text", "value": "<p>#panic() $x$ *bold* @label &lt;b&gt; \\ \U0001f600</p>"})
    )
    assert pdf_of(newest(page)).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>One.</p><p>Two.</p>", [("text", "One."), ("text", "Two.")]),
        ("<h3>Head</h3>Words", [("heading", "Head"), ("text", "Words")]),
        ("<ul><li>a <b>b</b></li><li>c</li></ul><p>d</p>", [("list", ["a b", "c"]), ("text", "d")]),
        ("<p><a href='https://x.example/'>Link</a></p>", [("text", "Link (https://x.example/)")]),
        ("<p><a href='/here/'>Link</a></p>", [("text", "Link")]),
        ("<style>p{}</style><svg><title>no</title></svg><p>  a\n b </p>", [("text", "a b")]),
        ("<details><summary>More</summary><div><p>x</p></div></details>", [("heading", "More"), ("text", "x")]),
        ("<ol><li>a</li><li>b</li></ol><ol><li>c</li></ol>", [("steps", ["a", "b"]), ("steps", ["c"])]),
        ("<ol><li><h3>Ask</h3><p>Say it.</p><p>Wait.</p></li></ol>", [("steps", ["Ask: Say it. Wait."])]),
        ("<ol><li><h3>Ask</h3></li></ol>", [("steps", ["Ask"])]),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>d", [("list", ["a", "b", "c"]), ("text", "d")]),
        ("", []),
        ("<p></p><ul></ul>", []),
    ],
)
def test_blocks_become_headings_paragraphs_and_lists(html, found):
    assert [(each["kind"], each.get("words", each.get("items"))) for each in texts_of(html)] == found


@pytest.mark.parametrize(
    ("levels", "set_as"),
    [([2, 3, 4], [2, 3, 4]), ([3, 3, 2], [2, 3, 2]), ([6], [2]), ([2, 6, 6], [2, 3, 4]), ([], [])],
)
def test_no_heading_is_more_than_a_level_below_the_one_before(levels, set_as):
    pieces = [{"kind": "heading", "words": "x", "level": level} for level in levels]
    assert [each["level"] for each in in_steps(pieces)] == set_as


def test_headings_of_a_part_keep_their_levels(person):
    words = {"type": "text", "value": "<h2>Who</h2><p>x</p><h3>Where</h3><p>y</p>"}
    kinds = kinds_in(pdf_of(newest(report(part("trends", words)))))
    assert {"H1", "H2", "H3"} <= set(kinds)


def test_steps_are_numbered(person):
    words = {"type": "text", "value": "<ol><li>first</li><li>second</li></ol>"}
    pdf = pdf_of(newest(report(part("trends", words))))
    assert kinds_in(pdf).count("LI") == 2
    assert re.search(r"/ListNumbering ?/Decimal", everything_in(pdf))


def test_partners_see_pictures_of_the_true_numbers(frozen):
    pieces = _content(frozen, "partners")["parts"][0]["pieces"]
    tables = [table for piece in pieces for table in piece.get("tables", ())]
    assert any("<svg" in table["svg"] and table["alt"] for table in tables)
    assert kinds_in(pdf_of(frozen, "partners")).count("Figure") == sum(bool(table["svg"]) for table in tables)


def test_partners_pdf_names_who_took_it_on_every_page(frozen, client, person):
    assert "Taken by Invented Reader" in _content(frozen, "partners", "Invented Reader")["footer"]
    assert "Taken by" not in _content(frozen, "public")["footer"]


def test_publishing_keeps_it_and_the_page_offers_it_with_its_size(client, published):
    kept = ReportPdf.objects.get(report=published)
    assert kept.size == len(kept.data) > 5_000
    page = client.get(published.url).content.decode()
    assert f'href="{published.url}pdf/"' in page
    assert "Download this report (PDF, " in page
    answer = client.get(f"{published.url}pdf/")
    assert answer.content == kept.data
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="annual-report-2024.pdf"',
    )


def test_what_was_published_stays_until_it_is_published_again(client, published, person):
    before = client.get(f"{published.url}pdf/").content
    for _ in range(12):
        child()
    freeze_figures(published, person("Administrator"))
    assert client.get(f"{published.url}pdf/").content == before
    newest(published).get_latest_revision().publish()
    assert client.get(f"{published.url}pdf/").content != before
    assert ReportPdf.objects.count() == 1


def test_a_report_whose_pdf_cannot_be_set_is_public_without_one_and_its_screen_says_so(
    client, published, person, monkeypatch
):
    """A picture without words breaks PDF/UA."""
    monkeypatch.setattr("exports.report.pdf.TEMPLATE", b'#image(bytes("<svg></svg>"), format: "svg")')
    freeze_figures(published, person("Administrator"))
    newest(published).get_latest_revision().publish()
    assert "tables/" in client.get(published.url).content.decode()
    assert "Download this report (PDF" not in client.get(published.url).content.decode()
    assert client.get(f"{published.url}pdf/").status_code == 404
    client.force_login(person("Coordinator"))
    assert "It has no PDF" in client.get(f"/admin/exports/reports/{published.pk}/").content.decode()


def test_a_report_that_is_withdrawn_takes_its_pdf_with_it(client, published):
    published.unpublish()
    assert client.get(f"{published.url}pdf/").status_code == 404


def test_a_draft_has_none(client):
    page = report(part("trends", TEXT))
    assert client.get(f"{page.url}pdf/").status_code == 404
    assert not ReportPdf.objects.exists()
