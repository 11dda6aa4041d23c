from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LEVELS = (1, 2, 3, 4, 5)
FEWEST_LEVELS = 4
ANCHORED_LEVELS = (1, 3, 5)
FEWEST_ANCHORS = 2
FEWEST_COMPETENCIES, MOST_COMPETENCIES = 3, 7
WHOLE = 100


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


FINDING_OUT: dict[str, "StrOrPromise"] = {
    Nature.KNOWLEDGE: _("Found out with a test of what somebody knows, or by asking about cases."),
    Nature.SKILL: _("Found out with a work sample, or by watching somebody at work."),
    Nature.ABILITY: _("Looked at when somebody enters a job. It is not what training changes."),
}
