from django.db import migrations

from evenhand.kernel.immutability import refuse_changes


class Migration(migrations.Migration):
    """What somebody voted, and what was decided against the rule, is never changed."""

    dependencies = (("workshops", "0001_initial"),)

    operations = (
        refuse_changes("workshops_placement"),
        refuse_changes("workshops_grading"),
        refuse_changes("workshops_decision", sealed=["reason"]),
    )
