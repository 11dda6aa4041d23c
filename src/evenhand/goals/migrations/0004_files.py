import django.db.models.deletion
from django.db import migrations, models

import evenhand.kernel.fields


class Migration(migrations.Migration):
    dependencies = (("goals", "0003_counts_from"), ("people", "0001_initial"))

    operations = (
        migrations.AddField(
            model_name="evidence",
            name="key",
            field=evenhand.kernel.fields.EncryptedTextField(blank=True),
        ),
        migrations.CreateModel(
            name="ValuesFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("stored_as", models.CharField(blank=True, max_length=200)),
                ("key", evenhand.kernel.fields.EncryptedTextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("looked_at", "Looked at"),
                            ("waiting", "Being taken over"),
                            ("taken", "Taken over"),
                            ("given_up", "Given up"),
                        ],
                        default="looked_at",
                        max_length=9,
                    ),
                ),
                ("counts", models.JSONField(blank=True, default=dict)),
                ("problems", models.JSONField(blank=True, default=list)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="goals.datasource",
                    ),
                ),
            ],
            options={"ordering": ("-at", "-id")},
        ),
    )
