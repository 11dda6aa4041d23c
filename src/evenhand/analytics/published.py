"""Whether the summary of an audit, beside those opened before, would tell about a few people.

A summary has numbers about everybody together. Where one person was rated later, or one rating was
changed, the two summaries of a cycle together would tell that rating.
"""

import numpy as np

from evenhand.analytics.kinds import Audience
from evenhand.analytics.members import Members, persons_of, unseal
from evenhand.analytics.models import RatingAudit, ReleasedSet


def everybody_in(audit: RatingAudit) -> str:
    """The name under which an audit keeps all people whose ratings went into it."""
    return f"everybody in audit {audit.pk}"


def tells_beside_published(audit: RatingAudit) -> bool:
    """Also summaries that were closed again count: somebody has read them."""
    own = _members(audit)
    opened = RatingAudit.objects.filter(
        cycle=audit.cycle_id, publications__audience__in=(Audience.LEADERS, Audience.EVERYBODY)
    )
    others = opened.exclude(pk=audit.pk).order_by("pk").distinct()
    return any(_are_few_apart(own, other, audit) for other in others)


def _are_few_apart(own: Members | None, other: RatingAudit, audit: RatingAudit) -> bool:
    known = _members(other)
    if own is None or known is None:
        return False
    apart = len(np.unique(persons_of(np.setxor1d(own, known))))
    return 0 < apart < max(int(one.choices["k"]) for one in (audit, other))


def _members(audit: RatingAudit) -> Members | None:
    row = ReleasedSet.objects.filter(audit=audit, measure=everybody_in(audit)).first()
    return None if row is None else unseal(row.members)
