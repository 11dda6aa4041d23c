from django.db import models
from django.utils.translation import gettext_lazy as _


class LineKind(models.TextChoices):
    """Whether a manager is the one who reviews, or leads some of the work besides."""

    PRIMARY = "primary", _("Manager")
    MATRIX = "matrix", _("Matrix manager")
