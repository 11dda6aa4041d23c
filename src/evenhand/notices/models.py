from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from evenhand.notices.kinds import NoticeKind
from evenhand.people.models import Person


class Message(models.Model):
    """One piece of news for one person: kept, and sent once.

    The key says what it is about, so that the same news is never written twice. The words are made
    when it is sent; `context` holds names and days for them, and nothing anybody wrote.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=30, choices=NoticeKind)
    key = models.CharField(max_length=120, unique=True)
    about = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    context = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField()
    send_after = models.DateTimeField()
    claim = models.CharField(max_length=32, blank=True)
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    given_up_because = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["send_after", "id"],
                condition=Q(sent_at=None, given_up_at=None),
                name="message_to_send",
            ),
            models.Index(fields=["claim"], condition=~Q(claim=""), name="message_by_claim"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.person_id}"
