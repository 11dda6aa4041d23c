from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("goals", "0002_refuse_changes"),)

    operations = (
        migrations.AddField(
            model_name="goal",
            name="counts_from",
            field=models.DateTimeField(blank=True, null=True),
        ),
    )
