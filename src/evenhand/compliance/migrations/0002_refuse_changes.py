from django.db import migrations

from evenhand.kernel.immutability import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("compliance", "0001_initial")]

    operations = [refuse_changes("compliance_privacynotice")]
