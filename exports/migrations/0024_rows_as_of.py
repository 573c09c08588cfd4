from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def from_their_import(apps, schema_editor):
    """Until now the moment of the whole import was looked at."""
    of_import = apps.get_model("cdop_exports", "HistoryImport").objects.filter(pk=OuterRef("history"))
    rows = apps.get_model("cdop_exports", "HistoryRow").objects.filter(history__state="made", case__isnull=False)
    rows.filter(outcome__in=("new", "changed")).update(as_of=Subquery(of_import.values("made_at")[:1]))


class Migration(migrations.Migration):
    dependencies = [("cdop_exports", "0023_report_defaults")]

    operations = [
        migrations.AddField(
            model_name="historyrow",
            name="as_of",
            field=models.DateTimeField(help_text="When the case came to say what this row says.", null=True),
        ),
        migrations.RunPython(from_their_import, migrations.RunPython.noop),
    ]
