"""Search over the public pages, for people who are tired and spell as they can."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.models import GuidancePage
from content.selectors import PAGE_SIZE

pytestmark = pytest.mark.django_db


def ask(client, text: str | None = None, **more) -> BeautifulSoup:
    response = client.get("/search/", ({} if text is None else {"q": text}) | more)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(html: BeautifulSoup) -> list[str]:
    return [link.text for link in html.select(".cdop-list__name a")]


@pytest.fixture
def funeral(add_page) -> GuidancePage:
    return add_page(title="Practical matters", body=[("text", "<p>The funeral and the coroner’s inquest.</p>")])


@pytest.mark.parametrize(
    "text", ["funeral", "FUNERAL", "funerals", "fune", "inquest", "practical", "coroner’s funeral"]
)
def test_a_word_a_part_of_it_or_more_of_them_find_the_page(client, funeral, text):
    assert titles(ask(client, text)) == ["Practical matters"]


def test_all_words_are_looked_for_first_and_any_of_them_next(client, funeral, add_page):
    add_page(title="Hospital", slug="hospital", summary="Where the funeral office is")
    assert titles(ask(client, "hospital funeral")) == ["Hospital"]
    assert set(titles(ask(client, "hospital inquest"))) == {"Hospital", "Practical matters"}


def test_what_stands_in_a_block_is_found(client, add_page):
    add_page(title="Help", body=[("support", {"organisations": [{"name": "Invented Charity", "help": "All"}]})])
    assert titles(ask(client, "invented charity")) == ["Help"]


def test_the_summary_is_shown_with_the_words_of_the_area(client, add_page):
    add_page(title="Here", summary="For people in [area]")
    assert "For people in Cambridgeshire and Peterborough" in ask(client, "people").text


def test_nothing_asked_gives_an_example(client):
    for html in (ask(client), ask(client, ""), ask(client, "   ")):
        assert "Enter a word or two" in html.main.text


def test_nothing_found_says_what_to_do(client, funeral):
    html = ask(client, "zzzz")
    assert "We found nothing for “zzzz”" in html.main.text
    assert html.main.select_one("a[href^='mailto:']")


def test_drafts_and_private_pages_are_not_found(client, funeral, add_page):
    add_page(publish=False, title="Draft funeral", slug="draft", live=False)
    add_page(title="Secret funeral", slug="secret").view_restrictions.create(restriction_type="login")
    assert titles(ask(client, "funeral")) == ["Practical matters"]


@pytest.fixture
def many(add_page) -> None:
    for number in range(PAGE_SIZE + 3):
        add_page(title=f"Coroner {number}", slug=f"coroner-{number}", summary="About [area]")


def test_many_results_come_in_pages(client, many):
    first, second = ask(client, "coroner"), ask(client, "coroner", page=2)
    assert "13 pages for “coroner”" in first.main.text
    assert len(titles(first)) == PAGE_SIZE
    assert len(set(titles(first) + titles(second))) == PAGE_SIZE + 3
    assert first.select_one("a[rel=next]")["href"] == "?q=coroner&page=2"
    assert second.select_one("a[rel=prev]")["href"] == "?q=coroner&page=1"


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "", "1e9"])
def test_a_page_that_is_not_there_gives_one_that_is(client, many, number):
    assert titles(ask(client, "coroner", page=number))


def test_results_cost_the_same_however_many(client, many, queries):
    ask(client, "coroner")
    with queries() as asked:
        ask(client, "coroner")
    assert len(asked) <= 9


def test_what_was_asked_is_shown_as_text_and_kept_out_of_search_engines(client):
    html = ask(client, "<b>x</b>\0")
    assert html.main.select("h2 b") == []
    assert html.select_one("meta[name=robots]")["content"] == "noindex"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=300) | st.sampled_from(["'\"*^()", "NEAR(a b)", "a OR", "AND", "%_\\", "title:x", "-", "😢"])
)
def test_no_words_break_it(client, funeral, text):
    ask(client, text)


def test_it_is_only_read(client):
    assert client.post("/search/", {"q": "x"}).status_code == 405
