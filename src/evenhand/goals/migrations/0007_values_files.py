import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("goals", "0006_giving_and_sheets"), ("jobs", "0002_attempts_before"))

    operations = (
        migrations.AddField(
            model_name="valuesfile",
            name="job",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="jobs.job",
            ),
        ),
        migrations.AddField(
            model_name="valuesfile",
            name="plan_digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="valuesfile",
            name="rows",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="valuesfile",
            name="state",
            field=models.CharField(
                choices=[
                    ("looking", "Being looked at"),
                    ("looked_at", "Looked at"),
                    ("waiting", "Being taken over"),
                    ("taken", "Taken over"),
                    ("given_up", "Given up"),
                ],
                default="looking",
                max_length=9,
            ),
        ),
    )
