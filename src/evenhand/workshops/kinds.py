from django.db import models
from django.utils.translation import gettext_lazy as _

FEWEST_COMPETENCIES, MOST_COMPETENCIES = 2, 8
# Below three votes a share says more about chance than about the incident.
FEWEST_VOTES = 3
MOST_SORTERS = 40
MOST_INCIDENTS = 300
SCALE = (1, 2, 3, 4, 5)


class Group(models.TextChoices):
    """Who writes incidents, and who, without having seen the first sorting, sorts them anew."""

    COLLECTORS = "collectors", _("Collectors")
    SORTERS = "sorters", _("Sorters")


class Stage(models.TextChoices):
    """How far a workshop is. In sorting and scaling people vote; after each the votes are told."""

    COLLECTING = "collecting", _("Collecting")
    SORTING = "sorting", _("Sorting")
    SORTED = "sorted", _("Sorted")
    SCALING = "scaling", _("Scaling")
    SCALED = "scaled", _("Writing anchors")
    ENDED = "ended", _("Ended")


# A round that was closed is never opened again. A workshop can end at any time, and be taken up
# again where it ended.
TRANSITIONS: dict[Stage, frozenset[Stage]] = {
    Stage.COLLECTING: frozenset({Stage.SORTING, Stage.ENDED}),
    Stage.SORTING: frozenset({Stage.SORTED, Stage.COLLECTING, Stage.ENDED}),
    Stage.SORTED: frozenset({Stage.SCALING, Stage.ENDED}),
    Stage.SCALING: frozenset({Stage.SCALED, Stage.SORTED, Stage.ENDED}),
    Stage.SCALED: frozenset({Stage.ENDED}),
    Stage.ENDED: frozenset(stage for stage in Stage if stage != "ended"),
}
ROUNDS = (Stage.SORTING, Stage.SCALING)
# Where one goes back to while nobody has voted.
BACK = {Stage.SORTING: Stage.COLLECTING, Stage.SCALING: Stage.SORTED}
AFTER_SORTING = (Stage.SORTED, Stage.SCALING, Stage.SCALED)


class Outcome(models.TextChoices):
    """What the rule says of an incident, and why."""

    TOO_FEW = "too_few", _("Too few votes to say")
    PLACED_ELSEWHERE = "placed_elsewhere", _("Not put back often enough")
    NOT_SCALED = "not_scaled", _("Put back, not yet scaled")
    SPREAD_WIDE = "spread_wide", _("The experts place it at different levels")
    KEPT = "kept", _("Kept by the rule")
