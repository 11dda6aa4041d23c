from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """How far an import is, from the file to the people."""

    MAPPING = "mapping", _("Columns to check")
    PLANNING = "planning", _("Being compared")
    PLANNED = "planned", _("Plan to check")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    DISCARDED = "discarded", _("Discarded")


# From the moment it is applied or discarded, nothing of the file is kept.
OPEN = frozenset(
    {ImportState.MAPPING, ImportState.PLANNING, ImportState.PLANNED, ImportState.APPLYING}
)


class ChangeKind(models.TextChoices):
    """What becomes of a person, or that a unit is new."""

    UNIT = "unit", _("New units")
    ADDED = "added", _("Added")
    CHANGED = "changed", _("Changed")
    LEFT = "left", _("Left")
    RETURNED = "returned", _("Returned")


class Fact(models.TextChoices):
    """What of a person, or of a unit, becomes different."""

    GIVEN_NAME = "given_name", _("Given name")
    FAMILY_NAME = "family_name", _("Family name")
    EMAIL = "email", _("E-mail address")
    FIRST_DAY = "first_day", _("First day")
    LAST_DAY = "last_day", _("Last day")
    UNIT = "unit", _("Unit")
    TITLE = "title", _("Job title")
    JOB_FAMILY = "job_family", _("Job family")
    GRADE = "grade", _("Grade")
    COUNTRY = "country", _("Country")
    LOCATION = "location", _("Location")
    MANAGER = "manager", _("Manager")
    MATRIX_MANAGER = "matrix_manager", _("Matrix manager")
    LEAVE = "leave", _("Leave")
    PARENT = "parent", _("Stands in")
