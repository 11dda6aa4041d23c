"""What is left to do in the sample, so that whoever tries it has something to do."""

from dataclasses import replace
from datetime import timedelta

from evenhand.reviews.kinds import ReviewState
from evenhand.sample.organization import Organization
from evenhand.sample.planning import PlannedParticipation, PlannedReview
from evenhand.sample.rounds import Round

TWO_YEARS = timedelta(days=2 * 365)
JUST_NOW = timedelta(days=8)


def leave_open(
    part: PlannedParticipation, round_: Round, organization: Organization
) -> PlannedParticipation:
    """The employee to sign in as has not signed the last review, and the newest handovers wait."""
    known = [sign_in.person for sign_in in organization.sign_ins]
    if round_.is_running and part.given.author not in known:
        return replace(part, given=_not_yet_handed_over(part.given, organization))
    is_last = round_.launched_on > organization.today - TWO_YEARS
    if is_last and part.person == known[0]:
        return replace(part, sign_off=None)
    return part


def _not_yet_handed_over(review: PlannedReview, organization: Organization) -> PlannedReview:
    """Nobody has noticed yet that somebody else leads the person now."""
    handover = review.handover
    if handover is None or handover.at.date() < organization.today - JUST_NOW:
        return review
    return PlannedReview(
        kind=review.kind, author=handover.former_author, state=ReviewState.NOT_STARTED
    )
