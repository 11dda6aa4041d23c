from django.db import models
from django.utils.translation import gettext_lazy as _

VERIFICATION = "audit.verification"
EXPORT = "audit.export"


class Damage(models.TextChoices):
    """What is wrong at the first place where the chain does not hold."""

    ENTRY_ALTERED = "entry_altered", _("The entry is not what it was when it was sealed.")
    ENTRY_MISSING = "entry_missing", _("The entry is no longer there.")
    REORDERED = "reordered", _("Another entry was sealed in this place.")
    SEAL_ALTERED = "seal_altered", _("The entry is as it was, but its seal was altered.")
    SEAL_MISSING = "seal_missing", _("The seal of this place is no longer there.")
    HEAD_MISSING = "head_missing", _("The chain no longer holds the digest that was remembered.")
