from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def keep_warnings(apps: Any, schema_editor: Any) -> None:
    passes = apps.get_model("cdop_forms", "ReturnPass").objects.filter(warned_at__isnull=False)
    warned = passes.filter(draft=OuterRef("pk")).values("warned_at")[:1]
    drafts = apps.get_model("cdop_forms", "Draft").objects.filter(pk__in=passes.values("draft"))
    drafts.update(warned_at=Subquery(warned))


class Migration(migrations.Migration):
    dependencies = [("cdop_forms", "0013_api_reads_and_refusals")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="warned_at",
            field=models.DateTimeField(blank=True, help_text="When we last wrote that it will be deleted.", null=True),
        ),
        migrations.RunPython(keep_warnings, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="returnpass", name="warned_at"),
    ]
