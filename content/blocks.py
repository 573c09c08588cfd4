"""Blocks an editor composes a page from."""

from wagtail import blocks


class BodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock()
