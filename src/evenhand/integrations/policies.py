from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.integrations.kinds import ImportState
from evenhand.integrations.models import PeopleImport, SavedMapping
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.policies import may_change_people

UNDER_WAY = Verdict(
    "import_under_way", _("This import is being worked on. Wait until that has ended."), Ground.WHEN
)
ENDED = Verdict(
    "import_ended", _("This import has ended. Upload the file again to begin anew."), Ground.WHEN
)
NOT_PLANNED = Verdict(
    "not_planned", _("There is no plan to apply yet. Compare the file first."), Ground.WHEN
)
HAS_ERRORS = Verdict(
    "has_errors",
    _("Some rows cannot be applied. Correct them in the file and upload it again."),
    Ground.WHAT,
)
CHANGED_SINCE = Verdict(
    "changed_since",
    _("People have changed since this plan was made. Nothing was applied; look at the new plan."),
    Ground.WHEN,
)
NAME_TAKEN = Verdict(
    "mapping_name_taken", _("Another mapping has this name already. Choose another."), Ground.WHAT
)


def visible_imports(actor: Actor) -> QuerySet[PeopleImport]:
    """Only who may change people sees what was imported, and when."""
    imports = PeopleImport.objects.all()
    return imports if may_import(actor) else imports.none()


def visible_mappings(actor: Actor) -> QuerySet[SavedMapping]:
    """Mappings are kept for all who import."""
    mappings = SavedMapping.objects.all()
    return mappings if may_import(actor) else mappings.none()


def may_import(actor: Actor) -> Verdict:
    """Only the specialist brings people in, as only the specialist changes them."""
    return may_change_people(actor)


def may_choose_columns(actor: Actor, brought: PeopleImport) -> Verdict:
    """What the columns say can be changed until the plan is being applied."""
    if not may_import(actor):
        return may_import(actor)
    if not brought.is_open:
        return ENDED
    return UNDER_WAY if _is_worked_on(brought) else ALLOWED


def may_apply(actor: Actor, brought: PeopleImport) -> Verdict:
    """A plan is applied whole, so nothing in its file may stand in the way."""
    allowed = may_choose_columns(actor, brought)
    if not allowed:
        return allowed
    if brought.state not in {ImportState.PLANNED, ImportState.APPLYING}:
        return NOT_PLANNED
    if brought.has_errors:
        return HAS_ERRORS
    return ALLOWED


def may_discard(actor: Actor, brought: PeopleImport) -> Verdict:
    """An import that was not applied can be given up, together with its file."""
    return may_choose_columns(actor, brought)


def may_be_named(name: str, *, besides: SavedMapping | None = None) -> Verdict:
    """A name stands for one mapping."""
    others = SavedMapping.objects.filter(name=name)
    taken = others.exclude(pk=besides.pk).exists() if besides else others.exists()
    return NAME_TAKEN if taken else ALLOWED


def _is_worked_on(brought: PeopleImport) -> bool:
    """Whether a job is at it; one that failed or was cancelled lets go."""
    busy = brought.state in {ImportState.PLANNING, ImportState.APPLYING}
    return busy and brought.job is not None and brought.job.is_under_way
