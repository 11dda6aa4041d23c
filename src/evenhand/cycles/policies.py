from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.cycles.kinds import CycleState, StageKind
from evenhand.cycles.models import Cycle, Participation, Template, TemplateVersion
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.visibility import unit_within

NOT_THE_SPECIALIST = Verdict(
    "not_the_specialist",
    _("Only a performance management specialist can do this. Ask one to do it for you."),
)
NOT_ABOUT_YOURSELF = Verdict(
    "not_about_yourself", _("This is about yourself. Ask another specialist to do it.")
)
VERSION_FROZEN = Verdict(
    "version_frozen",
    _("A cycle uses this version, so it no longer changes. Make a new version of it instead."),
    Ground.WHEN,
)
VERSION_IN_USE = Verdict(
    "version_in_use",
    _("A cycle is being prepared with this version. Choose another version there first."),
    Ground.WHEN,
)
CYCLE_LAUNCHED = Verdict(
    "cycle_launched",
    _("This cycle has been launched, so who is in and what is asked no longer change here."),
    Ground.WHEN,
)
NOT_LAUNCHING = Verdict(
    "not_launching", _("This cycle is not being launched just now."), Ground.WHEN
)
NOT_RUNNING = Verdict(
    "not_running", _("This cycle is not running, so this cannot be done now."), Ground.WHEN
)
NOT_CLOSED = Verdict("not_closed", _("Only a closed cycle can be opened again."), Ground.WHEN)
RELEASE_NOT_OPEN = Verdict(
    "release_not_open",
    _("The release has not opened yet. Move its first day if results should go out earlier."),
    Ground.WHEN,
)
ALREADY_WITHDRAWN = Verdict(
    "already_withdrawn", _("This person has already been taken out of the cycle."), Ground.WHEN
)
NOT_WITHDRAWN = Verdict("not_withdrawn", _("This person takes part in the cycle."), Ground.WHEN)
RESULTS_OUT = Verdict(
    "results_out",
    _("This person has been given the review. From then on they stay in the cycle."),
    Ground.WHEN,
)


def visible_templates(actor: Actor) -> QuerySet[Template]:
    """Specialists read every template; everyone else meets its questions in their reviews."""
    if actor.holds(Role.SPECIALIST):
        return Template.objects.all()
    return Template.objects.none()


def visible_cycles(actor: Actor) -> QuerySet[Cycle]:
    """The specialist sees every cycle, HR partners and executives those that were launched."""
    if actor.holds_everywhere(Role.SPECIALIST):
        return Cycle.objects.all()
    if actor.holds(Role.SPECIALIST, Role.HR_PARTNER, Role.EXECUTIVE):
        return Cycle.objects.filter(state__in=(CycleState.OPEN, CycleState.CLOSED))
    return Cycle.objects.none()


def visible_participations(actor: Actor) -> QuerySet[Participation]:
    """Who takes part is known to the specialist, and to HR partners within their units."""
    if actor.holds_everywhere(Role.SPECIALIST, Role.HR_PARTNER):
        return Participation.objects.all()
    units = actor.units_as(Role.SPECIALIST, Role.HR_PARTNER)
    if not units:
        return Participation.objects.none()
    return Participation.objects.filter(unit_within(units))


def may_write_templates(actor: Actor) -> Verdict:
    """The specialist writes templates."""
    return ALLOWED if actor.holds_everywhere(Role.SPECIALIST) else NOT_THE_SPECIALIST


def may_change_version(actor: Actor, version: TemplateVersion) -> Verdict:
    """The specialist changes a version until a cycle is launched with it."""
    if not actor.holds_everywhere(Role.SPECIALIST):
        return NOT_THE_SPECIALIST
    launching = version.cycles.exclude(state=CycleState.DRAFT).exists()
    return VERSION_FROZEN if version.is_frozen or launching else ALLOWED


def may_discard_version(actor: Actor, version: TemplateVersion) -> Verdict:
    """A version in writing can be thrown away while no cycle is prepared with it."""
    verdict = may_change_version(actor, version)
    if verdict and version.cycles.exists():
        return VERSION_IN_USE
    return verdict


def may_prepare_cycles(actor: Actor) -> Verdict:
    """The specialist prepares cycles."""
    return ALLOWED if actor.holds_everywhere(Role.SPECIALIST) else NOT_THE_SPECIALIST


def may_change_cycle(actor: Actor, cycle: Cycle) -> Verdict:
    """What a cycle asks and whom it asks is settled by the specialist before launch."""
    if not actor.holds_everywhere(Role.SPECIALIST):
        return NOT_THE_SPECIALIST
    return ALLOWED if cycle.is_draft else CYCLE_LAUNCHED


def may_launch(actor: Actor, cycle: Cycle) -> Verdict:
    """The specialist launches a cycle that is prepared; whether it is ready is asked apart."""
    return may_change_cycle(actor, cycle)


def may_take_back_launch(actor: Actor, cycle: Cycle) -> Verdict:
    """A launch can be taken back by the specialist until the cycle is open."""
    if not actor.holds_everywhere(Role.SPECIALIST):
        return NOT_THE_SPECIALIST
    return ALLOWED if cycle.state == CycleState.LAUNCHING else NOT_LAUNCHING


def may_repair(actor: Actor, cycle: Cycle) -> Verdict:
    """While a cycle runs, the specialist adds people, takes them out, and chooses reviewers."""
    if not actor.holds_everywhere(Role.SPECIALIST):
        return NOT_THE_SPECIALIST
    return ALLOWED if cycle.is_open else NOT_RUNNING


def may_extend(actor: Actor, cycle: Cycle) -> Verdict:
    """The specialist moves the days of a cycle until it is closed."""
    if not actor.holds_everywhere(Role.SPECIALIST):
        return NOT_THE_SPECIALIST
    return ALLOWED if cycle.state in {CycleState.DRAFT, CycleState.OPEN} else NOT_RUNNING


def may_close(actor: Actor, cycle: Cycle) -> Verdict:
    """The specialist closes a running cycle, also with reviews unfinished."""
    return may_repair(actor, cycle)


def may_reopen_cycle(actor: Actor, cycle: Cycle) -> Verdict:
    """The specialist opens a closed cycle again, with a reason."""
    if not actor.holds_everywhere(Role.SPECIALIST):
        return NOT_THE_SPECIALIST
    return ALLOWED if cycle.state == CycleState.CLOSED else NOT_CLOSED


def may_release(actor: Actor, cycle: Cycle) -> Verdict:
    """The specialist releases results from the first day of the release on."""
    verdict = may_repair(actor, cycle)
    if verdict and not cycle.stage(StageKind.RELEASE).has_opened(actor.on):
        return RELEASE_NOT_OPEN
    return verdict


def may_decide_about(actor: Actor, person_id: int) -> Verdict:
    """Nobody takes themself out of a cycle, puts themself back or picks their own reviewer."""
    return NOT_ABOUT_YOURSELF if person_id in actor.own_ids else ALLOWED


def may_withdraw(actor: Actor, participation: Participation) -> Verdict:
    """Somebody may be taken out of a running cycle until their review is released."""
    verdict = may_repair(actor, participation.cycle)
    verdict = verdict and may_decide_about(actor, participation.person_id)
    if not verdict:
        return verdict
    if participation.withdrawn_at is not None:
        return ALREADY_WITHDRAWN
    return RESULTS_OUT if participation.is_released else ALLOWED


def may_bring_back(actor: Actor, participation: Participation) -> Verdict:
    """Somebody who was taken out of a running cycle may be brought back."""
    verdict = may_repair(actor, participation.cycle)
    verdict = verdict and may_decide_about(actor, participation.person_id)
    if not verdict:
        return verdict
    return NOT_WITHDRAWN if participation.withdrawn_at is None else ALLOWED
