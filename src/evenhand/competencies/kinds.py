from django.db import models
from django.utils.translation import gettext_lazy as _

LEVELS = (1, 2, 3, 4, 5)
FEWEST_COMPETENCIES, MOST_COMPETENCIES = 3, 7


class Category(models.TextChoices):
    """Whom a competency is asked of."""

    CORE = "core", _("Everybody")
    LEADERSHIP = "leadership", _("People who lead")
    FUNCTIONAL = "functional", _("Some jobs")


class Nature(models.TextChoices):
    """What kind of thing a competency is, which decides how one finds out about it."""

    KNOWLEDGE = "knowledge", _("Knowledge")
    SKILL = "skill", _("Skill")
    ABILITY = "ability", _("Ability")
