import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("goals", "0004_files"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="goal",
            name="is_near_copy",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="goal",
            name="objective",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="goals",
                to="goals.strategicobjective",
            ),
        ),
        migrations.AddIndex(
            model_name="goal",
            index=models.Index(fields=["objective", "due_on", "id"], name="goal_below_objective"),
        ),
        migrations.AddIndex(
            model_name="goal",
            index=models.Index(
                condition=models.Q(("objective", None), ("parent", None), ("state", "active")),
                fields=["due_on", "id"],
                name="goal_that_supports_nothing",
            ),
        ),
        migrations.AddIndex(
            model_name="goal",
            index=models.Index(
                condition=models.Q(
                    ("parent__isnull", False), ("state", "active"), ("top_objective", None)
                ),
                fields=["due_on", "id"],
                name="goal_whose_chain_ends",
            ),
        ),
    ]
