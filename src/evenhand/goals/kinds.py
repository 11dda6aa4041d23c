from django.db import models
from django.utils.translation import gettext_lazy as _


class GoalState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    ACTIVE = "active", _("Agreed")
    CLOSED = "closed", _("Closed")
    DROPPED = "dropped", _("Dropped")
    DISCARDED = "discarded", _("Discarded")


# A discarded draft keeps its words and can be taken up again; so can what was closed or dropped.
TRANSITIONS: dict[GoalState, frozenset[GoalState]] = {
    GoalState.DRAFT: frozenset({GoalState.PROPOSED, GoalState.DISCARDED}),
    GoalState.PROPOSED: frozenset({GoalState.DRAFT, GoalState.ACTIVE}),
    GoalState.ACTIVE: frozenset({GoalState.CLOSED, GoalState.DROPPED}),
    GoalState.CLOSED: frozenset({GoalState.ACTIVE}),
    GoalState.DROPPED: frozenset({GoalState.ACTIVE}),
    GoalState.DISCARDED: frozenset({GoalState.DRAFT}),
}
AGREED = (GoalState.ACTIVE, GoalState.CLOSED, GoalState.DROPPED)


class GoalKind(models.TextChoices):
    """How one sees that a goal is reached."""

    KPI = "kpi", _("A figure (KPI)")
    OKR = "okr", _("Objective with key results (OKR)")
    MILESTONES = "milestones", _("Milestones")
    MAINTAIN = "maintain", _("Keep within limits")
    YES_NO = "yes_no", _("Done or not done")
    LEARNING = "learning", _("Learning goal")


class Metric(models.TextChoices):
    """How several measurements make one figure."""

    CUMULATIVE = "cumulative", _("Adds up over time")
    LEVEL = "level", _("The last value counts")
    RATE = "rate", _("Some out of all")


class Ambition(models.TextChoices):
    """What is expected of the score: 1.0 of a committed goal, about 0.7 of an aspirational one."""

    COMMITTED = "committed", _("Committed")
    ASPIRATIONAL = "aspirational", _("Aspirational")


class Scope(models.TextChoices):
    """Whose goal it is. Every goal has one owner who answers for it; a team goal has more."""

    PERSON = "person", _("One person")
    TEAM = "team", _("Several people together")
    UNIT = "unit", _("A unit")
    SHARED = "shared", _("Two units together")


class Openness(models.TextChoices):
    """Who besides the owners and the managers above them reads a goal once it is proposed."""

    LINE = "line", _("The owner and the managers above")
    TEAM = "team", _("Also people in the same unit")
    ORGANIZATION = "organization", _("Everybody here")


class Side(models.TextChoices):
    """For whom somebody agrees."""

    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    UNIT = "unit", _("Unit")


class RollUpFrom(models.TextChoices):
    """What the score of a goal is made of, so that nothing counts twice."""

    OWN = "own", _("Its own measurements")
    CHILDREN = "children", _("The goals that support it")
    BOTH = "both", _("Both, half each")


class Ending(models.TextChoices):
    """What ended a goal, or took it up again."""

    CLOSED = "closed", _("Closed")
    DROPPED = "dropped", _("Dropped")
    DROP_APPROVED = "drop_approved", _("Drop approved")
    TAKEN_UP = "taken_up", _("Taken up again")


class NoteKind(models.TextChoices):
    """Why somebody wrote to the others about a goal."""

    COMMENT = "comment", _("Comment")
    SENT_BACK = "sent_back", _("Sent back")
    TAKEN_BACK = "taken_back", _("Taken back")


class Origin(models.TextChoices):
    """Where the value of a check-in comes from."""

    PERSON = "person", _("A person")
    FILE = "file", _("A file")
    SYSTEM = "system", _("Another system")


class Pace(models.TextChoices):
    ON_TRACK = "on_track", _("On track")
    AT_RISK = "at_risk", _("At risk")
    OFF_TRACK = "off_track", _("Off track")
    NO_DATA = "no_data", _("No data yet")


class EvidenceKind(models.TextChoices):
    FILE = "file", _("File")
    LINK = "link", _("Link")


class ValuesFileState(models.TextChoices):
    """What became of a file of values."""

    LOOKING = "looking", _("Being looked at")
    LOOKED_AT = "looked_at", _("Looked at")
    WAITING = "waiting", _("Being taken over")
    TAKEN = "taken", _("Taken over")
    GIVEN_UP = "given_up", _("Given up")


# What is wanted of a file can be tried again for as long as it lies here.
VALUES_FILE_TRANSITIONS: dict[ValuesFileState, frozenset[ValuesFileState]] = {
    ValuesFileState.LOOKING: frozenset({ValuesFileState.LOOKED_AT, ValuesFileState.GIVEN_UP}),
    ValuesFileState.LOOKED_AT: frozenset(
        {ValuesFileState.LOOKING, ValuesFileState.WAITING, ValuesFileState.GIVEN_UP}
    ),
    ValuesFileState.WAITING: frozenset(
        {ValuesFileState.TAKEN, ValuesFileState.LOOKED_AT, ValuesFileState.GIVEN_UP}
    ),
    ValuesFileState.TAKEN: frozenset(),
    ValuesFileState.GIVEN_UP: frozenset(),
}
