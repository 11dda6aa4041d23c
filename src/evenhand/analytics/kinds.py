from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who reads an audit of ratings: the whole of it, or its summary without raters."""

    SPECIALISTS = "specialists", _("Specialists only")
    LEADERS = "leaders", _("Executives, auditors and HR partners, as a summary")
    EVERYBODY = "everybody", _("Everybody, as a summary")
