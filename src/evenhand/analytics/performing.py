"""The job that audits the ratings of a cycle and keeps what it found."""

import json
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from evenhand.analytics.audit.auditing import STEPS, About, Audited, audit
from evenhand.analytics.audit.ratings import Choices, Ratings
from evenhand.analytics.cycle_ratings import Gathered, ratings_of
from evenhand.analytics.ledger import CycleLedger
from evenhand.analytics.models import RatingAudit
from evenhand.analytics.policies import NOTHING_RATED
from evenhand.analytics.storing import report_to_text
from evenhand.analytics.summarizing import summary_of_numbers, summary_of_report
from evenhand.audit.actions import record
from evenhand.cycles.models import Cycle
from evenhand.jobs.performing import Running
from evenhand.kernel.verdict import Refused
from ratingstats.disclosure.ledger import PersonSet, keys_of
from ratingstats.disclosure.rules import HEALTH_K

ALL_STEPS = STEPS + 2


def perform_audit(running: Running) -> None:
    """Read the ratings, measure and tell, and store the audit with what it has released."""
    cycle = Cycle.objects.select_related("version").get(pk=running.arguments["cycle_id"])
    stored = RatingAudit.objects.filter(job_id=running.job_id).first()
    if stored is None:
        stored = _audit(running, cycle)
    running.finish({"audit_id": stored.pk, "cycle_id": cycle.pk})


def _audit(running: Running, cycle: Cycle) -> RatingAudit:
    choices, on = _choices(running), date.fromisoformat(running.arguments["on"])
    running.advance(0, ALL_STEPS, _("Reading the ratings"))
    gathered = ratings_of(cycle, on, with_health=choices.k >= HEALTH_K)
    if gathered.facts_opened:
        opened = {"people": gathered.facts_opened}
        at = running.clock()
        record("demographics.read", about=cycle, by=running.asked_by, at=at, **opened)
    if not gathered.ratings.n:
        raise Refused(NOTHING_RATED)

    def say(done: int, _total: int, note: str) -> None:
        running.advance(done + 1, ALL_STEPS, note)

    ledger = CycleLedger(cycle, gathered.people)
    about = About(_("The ratings of %(cycle)s") % {"cycle": cycle}, on)
    audited = audit(gathered.ratings, choices, about, say, ledger)
    running.advance(ALL_STEPS - 1, ALL_STEPS, _("Keeping the audit"))
    return _keep(running, cycle, gathered, audited, ledger)


@transaction.atomic
def _keep(
    running: Running, cycle: Cycle, gathered: Gathered, audited: Audited, ledger: CycleLedger
) -> RatingAudit:
    at, by = running.clock(), running.asked_by
    rater = gathered.ratings.rater
    summary = summary_of_report(audited.report, rater.labels if rater else ())
    kept = RatingAudit.objects.create(
        cycle=cycle,
        job_id=running.job_id,
        asked_by_id=by.person_id,
        made_at=at,
        choices=running.arguments["choices"],
        ratings=gathered.ratings.n,
        persons=len(gathered.people),
        numbers=json.dumps(audited.numbers),
        report=report_to_text(audited.report),
        summary_numbers=json.dumps(summary_of_numbers(audited.numbers)),
        summary_report=report_to_text(summary),
    )
    sets = ledger.store(kept, _everybody(gathered.ratings))
    record("rating_audit.made", about=kept, by=by, at=at, ratings=kept.ratings, sets=sets)
    return kept


def _everybody(ratings: Ratings) -> PersonSet:
    """All who were rated, each with the ratings that went into the audit."""
    before = ratings.value if ratings.before is None else ratings.before
    names = (ratings.person.labels[code] for code in ratings.person.codes)
    states = (f"{a:.6f} {b:.6f}" for a, b in zip(ratings.value, before, strict=True))
    return PersonSet.of(keys_of(names, states))


def _choices(running: Running) -> Choices:
    said = running.arguments["choices"]
    return Choices(**(said | {"tainted": frozenset(said["tainted"])}))
