"""What a PDF is made of, for those who check that a screen reader can read it."""

import re
import zlib


def everything_in(pdf: bytes) -> str:
    """The objects of a PDF, unpacked: names and structure are readable, words are glyphs."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf.decode("latin-1") + "".join(map(_unpacked, packed))


def _unpacked(stream: bytes) -> str:
    try:
        return zlib.decompress(stream).decode("latin-1")
    except zlib.error:
        return ""


def kinds_in(pdf: bytes) -> list[str]:
    return re.findall(r"/S ?/([A-Z][A-Za-z0-9]*)", everything_in(pdf))
