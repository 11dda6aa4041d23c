from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Entry(models.Model):
    """One thing that happened: what, to what, by whom, and when. Never changed, never deleted.

    People and things are named by number and name, not by foreign key: an entry outlives both.
    Entries hold facts and counts, never words that people wrote in confidence.
    """

    code = models.CharField(max_length=80)
    about = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    about_name = models.CharField(max_length=200)
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    delegate_id = models.BigIntegerField(null=True)
    delegate_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name_plural = "entries"
        indexes = (
            models.Index(fields=["at", "id"], name="entry_by_time"),
            models.Index(fields=["code", "at", "id"], name="entry_by_code"),
            models.Index(fields=["about", "about_id", "at", "id"], name="entry_by_thing"),
            models.Index(fields=["by_id", "at", "id"], name="entry_by_person"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.about}:{self.about_id}"


class Seal(models.Model):
    """The place of an entry in the hash chain: its position and the digest up to and including it.

    The entry is named by number and has no foreign key, so that a missing entry is found, not lost.
    """

    position = models.BigIntegerField(unique=True)
    entry_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.position} {self.digest[:12]}"
