"""The report as a PDF that a screen reader can read, kept when it is published."""

import re

import pytest

from exports.models import ReportPdf
from exports.report.pdf import _content, pdf_of, texts_of
from exports.report.services import freeze_figures
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
        ("", []),
        ("<p></p><ul></ul>", []),
    ],
)
def test_blocks_become_headings_paragraphs_and_lists(html, found):
    assert [(each["kind"], each.get("words", each.get("items"))) for each in texts_of(html)] == found


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


def test_a_report_that_is_withdrawn_takes_its_pdf_with_it(client, published):
    published.unpublish()
    assert client.get(f"{published.url}pdf/").status_code == 404


def test_a_draft_has_none(client):
    page = report(part("trends", TEXT))
    assert client.get(f"{page.url}pdf/").status_code == 404
    assert not ReportPdf.objects.exists()
