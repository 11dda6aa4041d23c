from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="job",
            name="attempts_before",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
