"""What the pages about data sources are made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from evenhand.goals.kinds import GoalState, Metric
from evenhand.goals.models import DataSource, Goal, GoalPart, SourceFeed, ValuesFile
from evenhand.goals.policies import visible_goals
from evenhand.goals.sources import goals_to_feed, own_sources
from evenhand.kernel.acting import Actor
from evenhand.web.http import PersonRequest
from evenhand.web.jobs.pages import shown

MOST_TARGETS = 200


@dataclass(frozen=True, slots=True)
class Target:
    """A goal, or a part of one, that a key can stand for."""

    goal: Goal
    part: GoalPart | None = None

    @property
    def value(self) -> str:
        return f"{self.goal.pk}/{self.part.pk}" if self.part else str(self.goal.pk)

    @property
    def label(self) -> str:
        title = f"{self.goal.outcome}: {self.part.title}" if self.part else self.goal.outcome
        return f"{title} ({self.goal.owner.name})"


def targets_for(actor: Actor, words: str) -> list[Target]:
    """The first goals in force, by words in their outcome, that this person may feed."""
    goals = goals_to_feed(actor).filter(state=GoalState.ACTIVE).select_related("owner")
    if words:
        goals = goals.filter(outcome__icontains=words.replace("\0", ""))
    found = goals.order_by("outcome", "pk").prefetch_related("parts")[:MOST_TARGETS]
    return [target for goal in found for target in _targets_of(goal)]


def find_source(request: PersonRequest, pk: int) -> DataSource:
    """A source of one's own; those of others are not there."""
    return get_object_or_404(own_sources(request.actor), pk=pk)


def find_file(request: PersonRequest, pk: int, file_pk: int) -> ValuesFile:
    source = find_source(request, pk)
    return get_object_or_404(source.files.select_related("job", "source"), pk=file_pk)


def goals_seen(actor: Actor, feeds: Iterable[SourceFeed]) -> set[int]:
    """Which of these goals one still sees: who once fed a goal may have lost sight of it."""
    fed = {feed.goal_id for feed in feeds}
    return set(visible_goals(actor).filter(pk__in=fed).values_list("pk", flat=True))


def standing_of(brought: ValuesFile, actor: Actor) -> dict[str, Any]:
    """The job that works on a file, while it does or when it has failed."""
    job = brought.job
    if job is None or (job.has_ended and brought.state not in {"looking", "waiting"}):
        return {}
    return shown(job, actor)


def sheet_rows(feeds: QuerySet[SourceFeed]) -> Iterator[tuple[str, str, str]]:
    """A row for each key, to be filled in: what it means, and its unit."""
    for feed in feeds.select_related("goal", "part").iterator():
        title = f"{feed.goal.outcome}: {feed.part.title}" if feed.part else feed.goal.outcome
        unit = feed.part.unit_of_measure if feed.part else feed.goal.unit_of_measure
        yield feed.key, title, unit


def has_rates(feeds: QuerySet[SourceFeed]) -> bool:
    """Whether some key needs two numbers."""
    rates = feeds.filter(part__metric=Metric.RATE) | feeds.filter(
        part=None, goal__metric=Metric.RATE
    )
    return rates.exists()


def _targets_of(goal: Goal) -> list[Target]:
    """Milestones are not among them: something has to show that one is reached."""
    in_use = [part for part in goal.parts.all() if part.is_in_use]
    if not in_use:
        return [Target(goal)]
    return [Target(goal, part) for part in in_use if not part.is_milestone]
