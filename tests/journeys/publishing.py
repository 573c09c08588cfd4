"""Forms of a journey's own, published on the server that the journey walks."""

import json
from typing import Any

# Run by `manage.py shell`, whose settings and database are the server's.
PUBLISH = """
import json
from forms.models import Form
from tests.forms.making import publish
given = json.loads({given!r})
publish(*given["pages"], slug=given["slug"], title=given["title"])
Form.objects.filter(slug=given["slug"]).update(unfinished=given["unfinished"])
"""


def publish_on(server, slug: str, title: str, *pages: dict[str, Any], unfinished: str = "finish") -> None:
    """A newest version of these pages, with a start page at /<slug>/."""
    given = json.dumps({"slug": slug, "title": title, "pages": pages, "unfinished": unfinished})
    server.manage("shell", "-c", PUBLISH.format(given=given))
