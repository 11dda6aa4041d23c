from django.db import migrations

from evenhand.kernel.immutability import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]

    operations = [
        refuse_changes("reviews_answerversion", sealed=["text"]),
        refuse_changes("reviews_rating", sealed=["reason"]),
    ]
