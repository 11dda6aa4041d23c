from django.db import migrations

from evenhand.kernel.immutability import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [refuse_changes("audit_entry"), refuse_changes("audit_seal")]
