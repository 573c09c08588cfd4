"""Running text."""

from typing import Any

from wagtail import blocks

FEATURES = ["bold", "ol", "ul", "link", "document-link"]


def text_block(**options: Any) -> blocks.RichTextBlock:
    """Text with headings, for the body of a page."""
    return blocks.RichTextBlock(
        features=["h2", "h3", *FEATURES],
        template="cdop_content/blocks/text.html",
        description="Headings, paragraphs, lists and links.",
        preview_value="<h2>A heading</h2><p>Short sentences. One idea in each paragraph.</p>",
        **options,
    )


def short_text(**options: Any) -> blocks.RichTextBlock:
    """Text without headings, inside another block."""
    return blocks.RichTextBlock(features=FEATURES, **options)
