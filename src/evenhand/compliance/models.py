from django.db import models

from evenhand.people.models import Person


class PrivacyNotice(models.Model):
    """What people are told about how their data are used; each version stays as it was given."""

    version = models.PositiveIntegerField(unique=True)
    text = models.TextField()
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Privacy notice {self.version}"


class NoticeReceipt(models.Model):
    """That a person has been given a privacy notice and has confirmed reading it."""

    notice = models.ForeignKey(PrivacyNotice, on_delete=models.PROTECT, related_name="receipts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notice_receipts")
    read_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["notice", "person"], name="notice_is_confirmed_once"),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.notice}"
