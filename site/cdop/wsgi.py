"""The WSGI door that gunicorn opens: `gunicorn --pythonpath site cdop.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cdop.settings.production")
application = get_wsgi_application()
