from django.db import migrations

from evenhand.kernel.immutability import refuse_changes


class Migration(migrations.Migration):
    """What was agreed, noted, measured and decided is never changed."""

    dependencies = (("goals", "0001_initial"),)

    operations = (
        refuse_changes("goals_agreement", sealed=["sentence"]),
        refuse_changes("goals_goalnote", sealed=["text"]),
        refuse_changes("goals_goalending", sealed=["reason"]),
        refuse_changes("goals_checkin", sealed=["note"]),
        refuse_changes("goals_weighing"),
        refuse_changes("goals_objectiveversion"),
        refuse_changes("goals_goalmove"),
        refuse_changes("goals_goalrules"),
    )
