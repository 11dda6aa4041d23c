"""Data sources: who may keep them, which goals they may feed, and what their tokens open."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.access.kinds import digest_of
from evenhand.access.queries import USE_IS_NOTED_EVERY, actor_of
from evenhand.goals.kinds import Scope
from evenhand.goals.models import DataSource, Goal, GoalOwner, UnitPart
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.kinds import LineKind
from evenhand.people.models import Employment, ReportingLine

NOT_WHILE_ACTING_FOR_ANOTHER = Verdict(
    "not_while_acting_for_another",
    _("You are acting for somebody else. Act for yourself again first."),
)
NOT_YOUR_SOURCE = Verdict(
    "not_your_source", _("This data source belongs to somebody else. Ask them to do it.")
)
SOURCE_ENDED = Verdict(
    "source_ended",
    _("This data source is revoked or has ended. Make a new one, and feed the goals from there."),
    Ground.WHEN,
)


def visible_sources(actor: Actor) -> QuerySet[DataSource]:
    """One's own; specialists and IT administrators see that others exist, to revoke them."""
    if actor.is_delegate:
        return DataSource.objects.none()
    if actor.holds_everywhere(Role.SPECIALIST, Role.IT_ADMINISTRATOR):
        return DataSource.objects.all()
    return DataSource.objects.filter(owner=actor.person_id)


def own_sources(actor: Actor) -> QuerySet[DataSource]:
    """Those whose goals, keys and files one keeps oneself."""
    return visible_sources(actor).filter(owner=actor.person_id)


def may_make_source(actor: Actor) -> Verdict:
    """Everybody makes data sources for the goals whose progress they may tell, for themself."""
    return NOT_WHILE_ACTING_FOR_ANOTHER if actor.is_delegate else ALLOWED


def may_keep_source(actor: Actor, source: DataSource) -> Verdict:
    """Its owner says what it feeds, and brings files for it, while it works."""
    if actor.is_delegate:
        return NOT_WHILE_ACTING_FOR_ANOTHER
    if source.owner_id != actor.person_id:
        return NOT_YOUR_SOURCE
    return SOURCE_ENDED if source.revoked_at is not None else ALLOWED


def may_revoke_source(actor: Actor, source: DataSource) -> Verdict:
    """Its owner revokes it, and so do specialists and IT administrators when it must be quick."""
    if actor.is_delegate:
        return NOT_WHILE_ACTING_FOR_ANOTHER
    if source.owner_id == actor.person_id:
        return ALLOWED
    may = actor.holds_everywhere(Role.SPECIALIST, Role.IT_ADMINISTRATOR)
    return ALLOWED if may else NOT_YOUR_SOURCE


def goals_to_feed(actor: Actor) -> QuerySet[Goal]:
    """The goals, whatever their state, whose progress one may tell: `may_check_in`, for many."""
    if actor.is_delegate:
        return Goal.objects.none()
    shares = GoalOwner.objects.on(actor.on).filter(goal=OuterRef("pk"), person=actor.person_id)
    lines = ReportingLine.objects.on(actor.on).filter(
        kind=LineKind.PRIMARY, manager=actor.person_id, person=OuterRef("owner")
    )
    parts = UnitPart.objects.filter(goal=OuterRef("pk"), responsible=actor.person_id)
    answers = Q(Exists(parts), scope=Scope.SHARED)
    condition = Q(Exists(shares)) | Q(Exists(lines)) | answers
    if actor.holds_everywhere(Role.SPECIALIST):
        owned = GoalOwner.objects.filter(goal=OuterRef("pk"), person=actor.person_id)
        condition |= ~Q(Exists(owned))
    return Goal.objects.filter(condition)


def source_with_token(secret: str, *, at: datetime) -> tuple[DataSource, Actor] | None:
    """The data source a token belongs to, and who acts with it: its owner, with today's roles.

    None when it opens nothing: unknown, revoked, too old, or its owner has left since.
    """
    found = DataSource.objects.filter(
        digest=digest_of(secret), revoked_at=None, expires_at__gt=at
    ).select_related("owner")
    source = found.first()
    if source is None:
        return None
    today = at.date()
    employed = Employment.objects.on(today).filter(
        person=source.owner_id, starts_on__lte=source.created_at.date()
    )
    if not employed.exists():
        return None
    if source.last_used_at is None or source.last_used_at < at - USE_IS_NOTED_EVERY:
        DataSource.objects.filter(pk=source.pk).update(last_used_at=at)
    return source, actor_of(source.owner_id, source.owner.name, on=today)
