"""A migrated SQLite database is made once for each set of migrations, then copied: most of a short run was migrating.

PostgreSQL always migrates anew, so every run of the whole suite still walks every migration once.
"""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).parents[1]


def template() -> Path:
    """Where the migrated database of these very migrations and packages lies, once it has been made."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for migration in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(f"{migration.relative_to(ROOT)}\n".encode() + migration.read_bytes())
    return Path(tempfile.gettempdir()) / f"cdop-migrated-{os.getuid()}-{digest.hexdigest()[:16]}.sqlite3"


def copy_migrated() -> bool:
    """Put a migrated database in the place of the test database; False when there is none to copy."""
    if connection.vendor != "sqlite" or not template().exists():
        return False
    target = Path(connection.settings_dict["TEST"]["NAME"])
    for leftover in target.parent.glob(f"{target.name}-*"):  # its journals
        leftover.unlink()
    shutil.copyfile(template(), target)
    return True


def keep_migrated() -> None:
    """Keep the freshly migrated test database for later runs."""
    if connection.vendor != "sqlite" or template().exists():
        return
    unfinished = template().with_suffix(f".{os.getpid()}")
    with sqlite3.connect(connection.settings_dict["NAME"]) as made, sqlite3.connect(unfinished) as kept:
        made.backup(kept)
    unfinished.rename(template())
