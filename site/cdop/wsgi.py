"""The WSGI door that gunicorn opens: `gunicorn --pythonpath site cdop.wsgi`."""

import gc
import os
import re
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

CHARSET = re.compile(r";\s*charset=[^;]*", re.IGNORECASE)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cdop.settings.production")
django = get_wsgi_application()
# What was loaded stays as long as the process: looking through it for garbage made each page slower.
gc.collect()
gc.freeze()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Django, which reads every request as UTF-8. One that names another encoding breaks it before any code of ours."""
    environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    return django(environ, start_response)
