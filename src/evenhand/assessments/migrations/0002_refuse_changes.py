from django.db import migrations

from evenhand.kernel.immutability import refuse_changes


class Migration(migrations.Migration):
    """What was once submitted is never changed."""

    dependencies = (("assessments", "0001_initial"),)

    operations = (refuse_changes("assessments_observationversion", sealed=["example", "reason"]),)
