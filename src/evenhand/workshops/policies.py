from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.models import Person
from evenhand.workshops.kinds import (
    BACK,
    FEWEST_COMPETENCIES,
    FEWEST_VOTES,
    MOST_COMPETENCIES,
    MOST_INCIDENTS,
    MOST_SORTERS,
    TRANSITIONS,
    Group,
    Stage,
)
from evenhand.workshops.models import (
    AnchorSource,
    Grading,
    Incident,
    Participant,
    Placement,
    Workshop,
)
from evenhand.workshops.visibility import (
    counted,
    led_by,
    participation_of,
    sorters_of,
    sorting_is_told,
    takes_part,
)

NOT_THE_SPECIALIST = Verdict(
    "not_the_specialist",
    _("Only a performance management specialist can do this. Ask one to do it for you."),
)
SORTS_HERE = Verdict(
    "sorts_here",
    _("You are one of the sorters here, so another specialist leads this workshop."),
)
NOT_ASKED = Verdict("not_asked", _("This is done by those who were invited for it."))
NOT_YOURS = Verdict("not_yours", _("Only the one who wrote this incident can do this."))
NUMBER_OF_COMPETENCIES = Verdict(
    "number_of_competencies", _("Choose 2 to 8 competencies. 4 to 8 is usual."), Ground.WHAT
)
COMPETENCY_HAS_INCIDENTS = Verdict(
    "competency_has_incidents",
    _("An incident was written for a competency you took away. Take the incident out first."),
    Ground.WHAT,
)
NOT_NOW = Verdict(
    "not_now",
    _("The workshop is not at this stage. Look at its page to see what is next."),
    Ground.WHEN,
)
IN_OTHER_GROUP = Verdict(
    "in_other_group",
    _(
        "This person is in the other group. Those who sort must not have seen what was collected,"
        " so choose somebody else."
    ),
    Ground.WHAT,
)
ALREADY_INVITED = Verdict(
    "already_invited", _("This person is in this group already."), Ground.WHEN
)
OWN_SORTER = Verdict(
    "own_sorter",
    _("Who leads a workshop sees who wrote what, and so cannot sort. Invite somebody else."),
    Ground.WHAT,
)
NOT_EMPLOYED = Verdict(
    "not_employed", _("This person does not work here today. Choose somebody else."), Ground.WHAT
)
TOO_MANY_SORTERS = Verdict(
    "too_many_sorters", _("A workshop has at most 40 sorters. 6 to 12 are plenty."), Ground.WHEN
)
TOO_MANY_INCIDENTS = Verdict(
    "too_many_incidents",
    _("This workshop has 300 incidents, and somebody has to sort them all. That is enough."),
    Ground.WHEN,
)
HAS_LEFT = Verdict("has_left", _("This person takes part no longer."), Ground.WHEN)
NO_INCIDENTS = Verdict(
    "no_incidents", _("There is nothing to sort yet. Let the collectors write first."), Ground.WHEN
)
SORTERS_MISSING = Verdict(
    "sorters_missing",
    _("Fewer than three sorters are invited. Invite more: three votes are the least to go by."),
    Ground.WHEN,
)
VOTES_MISSING = Verdict(
    "votes_missing",
    _("Fewer than three sorters have handed in. Wait for them, or invite more sorters."),
    Ground.WHEN,
)
SOMEBODY_VOTED = Verdict(
    "somebody_voted",
    _("Somebody has voted in this round already, so it cannot be taken back."),
    Ground.WHEN,
)
NOT_KEPT = Verdict(
    "not_kept", _("This incident is not kept. Decide to keep it first, and say why."), Ground.WHEN
)
NOT_SCALED = Verdict(
    "not_scaled",
    _("The experts did not scale this incident, so nobody can say which level it shows."),
    Ground.WHEN,
)

OPEN_TO = {
    Group.COLLECTORS: (Stage.COLLECTING,),
    Group.SORTERS: (Stage.COLLECTING, Stage.SORTING, Stage.SORTED, Stage.SCALING),
}


def visible_workshops(actor: Actor) -> QuerySet[Workshop]:
    """The specialist sees every workshop, everybody else those they take part in."""
    own = Q(pk__in=takes_part(actor).values("workshop"))
    return Workshop.objects.filter(own | Q(pk__in=led_by(actor).values("pk")))


def visible_incidents(actor: Actor) -> QuerySet[Incident]:
    """Who leads sees all with their competency, a collector their own, and after sorting all do."""
    own = takes_part(actor)
    told = Q(workshop__in=own.values("workshop")) & sorting_is_told("workshop__")
    seen = Q(workshop__in=led_by(actor).values("pk")) | Q(collector__in=own.values("pk")) | told
    return Incident.objects.filter(seen).select_related("workshop", "collector")


def visible_participants(actor: Actor) -> QuerySet[Participant]:
    """Who takes part is known to who leads; the others are not told of one another."""
    led = Participant.objects.filter(workshop__in=led_by(actor).values("pk"), left_at=None)
    return led.select_related("person", "workshop")


def visible_anchor_sources(actor: Actor) -> QuerySet[AnchorSource]:
    """From which incidents anchors came is seen with the incidents."""
    seen = AnchorSource.objects.filter(incident__in=visible_incidents(actor).values("pk"))
    return seen.select_related("incident__workshop")


def may_open(actor: Actor) -> Verdict:
    """The specialist for the whole organization opens workshops."""
    is_theirs = actor.holds_everywhere(Role.SPECIALIST) and not actor.is_delegate
    return ALLOWED if is_theirs else NOT_THE_SPECIALIST


def may_ask_about(actor: Actor, competencies: Collection[object]) -> Verdict:
    """A workshop is about a few competencies: enough to choose between, few enough to know."""
    if not (verdict := may_open(actor)):
        return verdict
    is_few = FEWEST_COMPETENCIES <= len(competencies) <= MOST_COMPETENCIES
    return ALLOWED if is_few else NUMBER_OF_COMPETENCIES


def may_lead(actor: Actor, workshop: Workshop) -> Verdict:
    """Every specialist leads, unless they sort here: they would see what they must not."""
    if not (verdict := may_open(actor)):
        return verdict
    return ALLOWED if led_by(actor).filter(pk=workshop.pk).exists() else SORTS_HERE


def may_change_workshop(actor: Actor, workshop: Workshop) -> Verdict:
    """Its name and competencies change while incidents are collected."""
    return _lead_in(actor, workshop, Stage.COLLECTING)


def may_invite(actor: Actor, workshop: Workshop, person: Person, group: str) -> Verdict:
    """Collectors are invited while one collects, sorters until the last round is closed.

    Nobody is in both groups: who sorts must not have seen the first sorting.
    """
    verdict = _lead_in(actor, workshop, *OPEN_TO[Group(group)])
    return _may_join(actor, workshop, person, group) if verdict else verdict


def _may_join(actor: Actor, workshop: Workshop, person: Person, group: str) -> Verdict:
    is_sorter = group == Group.SORTERS
    if is_sorter and person.pk in {*actor.own_ids, workshop.opened_by_id}:
        return OWN_SORTER
    if not person.employments.on(actor.on).exists():
        return NOT_EMPLOYED
    there = workshop.participants.filter(person=person)
    if (now := there.filter(left_at=None).first()) is not None:
        return ALREADY_INVITED if now.group == group else IN_OTHER_GROUP
    if is_sorter and workshop.incidents.filter(collector__person=person).exists():
        return IN_OTHER_GROUP
    is_full = is_sorter and sorters_of(workshop).count() >= MOST_SORTERS
    return TOO_MANY_SORTERS if is_full else ALLOWED


def may_take_out(actor: Actor, participant: Participant) -> Verdict:
    """Who leaves is taken out; what they wrote stays, and their votes of rounds that are closed."""
    verdict = _lead_in(actor, participant.workshop, *(set(Stage) - {Stage.ENDED}))
    return HAS_LEFT if verdict and participant.left_at is not None else verdict


def may_write_incidents(actor: Actor, workshop: Workshop) -> Verdict:
    """Collectors write while one collects."""
    own = participation_of(actor, workshop)
    if own is None or own.is_sorter:
        return NOT_ASKED
    if workshop.stage != Stage.COLLECTING:
        return NOT_NOW
    is_full = workshop.incidents.count() >= MOST_INCIDENTS
    return TOO_MANY_INCIDENTS if is_full else ALLOWED


def may_change_incident(actor: Actor, incident: Incident) -> Verdict:
    """The collector changes an incident until the sorting begins."""
    if actor.is_delegate or incident.collector.person_id != actor.person_id:
        return NOT_YOURS
    if incident.collector.left_at is not None:
        return NOT_ASKED
    return ALLOWED if incident.workshop.stage == Stage.COLLECTING else NOT_NOW


def may_remove_incident(actor: Actor, incident: Incident) -> Verdict:
    """The collector, or who leads, takes an incident out until the sorting begins."""
    if may_lead(actor, incident.workshop):
        return _lead_in(actor, incident.workshop, Stage.COLLECTING)
    return may_change_incident(actor, incident)


def may_vote(actor: Actor, workshop: Workshop) -> Verdict:
    """Sorters vote, and change their votes, until the round is closed."""
    own = participation_of(actor, workshop)
    if own is None or not own.is_sorter:
        return NOT_ASKED
    return ALLOWED if workshop.is_voting else NOT_NOW


def may_move(actor: Actor, workshop: Workshop, to: Stage) -> Verdict:
    """Who leads takes a workshop on; and back, while nobody has voted in the round."""
    verdict = may_lead(actor, workshop)
    return is_ready_for(workshop, to) if verdict else verdict


def is_ready_for(workshop: Workshop, to: Stage) -> Verdict:
    """Whether a workshop can go to another stage, whoever asks."""
    now = Stage(workshop.stage)
    if to not in TRANSITIONS[now] or (now == Stage.ENDED and to != workshop.reached):
        return NOT_NOW
    if Stage.ENDED in (to, now):
        return ALLOWED
    if BACK.get(now) == to:
        return SOMEBODY_VOTED if has_votes(workshop) else ALLOWED
    return _may_go_on(workshop, now)


def _may_go_on(workshop: Workshop, now: Stage) -> Verdict:
    if now in (Stage.SORTING, Stage.SCALING):
        is_enough = counted(workshop, now).count() >= FEWEST_VOTES
        return ALLOWED if is_enough else VOTES_MISSING
    if not workshop.incidents.exists():
        return NO_INCIDENTS
    return ALLOWED if sorters_of(workshop).count() >= FEWEST_VOTES else SORTERS_MISSING


def has_votes(workshop: Workshop) -> bool:
    """Whether anybody has voted in the round that is open."""
    votes = Placement.objects if workshop.stage == Stage.SORTING else Grading.objects
    return votes.filter(incident__workshop=workshop).exists()


def may_decide(actor: Actor, incident: Incident) -> Verdict:
    """Once a round is told, who leads may keep or leave out an incident against the rule."""
    verdict = _lead_in(actor, incident.workshop, Stage.SORTED, Stage.SCALED)
    is_unknown = incident.workshop.stage == Stage.SCALED and not incident.is_scaled
    return NOT_SCALED if verdict and is_unknown else verdict


def may_write_anchor(actor: Actor, incident: Incident) -> Verdict:
    """Who leads makes anchors of incidents once they are scaled."""
    verdict = _lead_in(actor, incident.workshop, Stage.SCALED)
    return NOT_SCALED if verdict and not incident.is_scaled else verdict


def _lead_in(actor: Actor, workshop: Workshop, *stages: Stage) -> Verdict:
    if not (verdict := may_lead(actor, workshop)):
        return verdict
    return ALLOWED if workshop.stage in stages else NOT_NOW
