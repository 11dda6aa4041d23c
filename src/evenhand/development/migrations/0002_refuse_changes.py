from django.db import migrations

from evenhand.kernel.immutability import refuse_changes


class Migration(migrations.Migration):
    """What both sides said is never changed."""

    dependencies = (("development", "0001_initial"),)

    operations = (
        refuse_changes("development_planagreement", sealed=["sentence"]),
        refuse_changes("development_plannote", sealed=["text"]),
    )
