from django.db import migrations

from evenhand.kernel.immutability import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("analytics", "0001_initial")]

    operations = [
        refuse_changes(
            "analytics_ratingaudit",
            sealed=["numbers", "report", "summary_numbers", "summary_report"],
        ),
        refuse_changes("analytics_auditpublication"),
        refuse_changes("analytics_releasedset", sealed=["members"]),
    ]
