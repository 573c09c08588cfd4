"""A small picture of a picture, drawn anew: nothing of the file itself reaches a browser."""

import io

from PIL import Image, ImageOps

SIDE = 480
# How many pixels we unpack: a camera's JPEG is unpacked at a fraction of its size, the others whole.
MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 24_000_000, "HEIF": 24_000_000}
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/heic": "HEIF"}


def preview_of(data: bytes, content_type: str) -> bytes | None:
    """The picture as a JPEG of at most 480 pixels without metadata; None when it cannot or should not be drawn."""
    kind = FORMATS.get(content_type)
    if kind is None:
        return None
    try:
        with Image.open(io.BytesIO(data), formats=(kind,)) as picture:
            if picture.width * picture.height > MOST_PIXELS[kind]:
                return None
            return _drawn(picture)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return None


def _drawn(picture: Image.Image) -> bytes:
    picture.draft("RGB", (SIDE, SIDE))
    picture.thumbnail((SIDE, SIDE))
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    clean = Image.new("RGB", upright.size, "white")
    clean.paste(upright, mask=upright.getchannel("A"))
    written = io.BytesIO()
    clean.save(written, "JPEG", quality=80)
    return written.getvalue()
