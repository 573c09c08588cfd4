"""Markdown of a definition file becomes what Wagtail's editor would have stored."""

import pytest
from wagtail.models import Page

from content.definitions.rich_text import rich_text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\ntwo", "<p>One two</p>"),
        ("One\n\ntwo", "<p>One</p><p>two</p>"),
        ("## Heading\n\n- a\n- b", "<h2>Heading</h2><ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("**bold**\n[link](https://a.example/)", '<p><b>bold</b> <a href="https://a.example/">link</a></p>'),
        ("[call](tel:116123)", '<p><a href="tel:116123">call</a></p>'),
        ("<script>x</script> & [area]", "<p>&lt;script&gt;x&lt;/script&gt; &amp; [area]</p>"),
        ("[no](javascript:alert)", "<p>[no](javascript:alert)</p>"),
        ("[gone](page:gone)", "<p>gone</p>"),
        ("[there](page:a/b)", '<p><a linktype="page" id="7">there</a></p>'),
    ],
)
def test_it_becomes(text, html):
    assert rich_text(text, {"gone": None, "a/b": Page(pk=7)}) == html
