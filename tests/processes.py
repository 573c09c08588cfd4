"""Real processes of the product: `manage.py` as an operator calls it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = ("DJANGO_", "DATABASE_URL", "SECRET_KEY", "SEALING_KEYS", "ALLOWED_HOSTS", "CDOP_", "EMAIL_", "DEBUG")


def clean_environment(**changes: str) -> dict[str, str]:
    """This process's environment without anything that settings read, plus `changes`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"PYTHONPATH": "site"} | changes


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python command…` in the project's folder, with only what `environment` sets."""
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=clean_environment(**environment), capture_output=True, text=True
    )
