"""The jobs of a file of values: looking at it, and taking it over."""

from django.utils.translation import gettext as _

from evenhand.access.queries import actor_of
from evenhand.goals.actions.bringing_files import look_at_values_file, take_values_file
from evenhand.goals.kinds import ValuesFileState
from evenhand.goals.models import ValuesFile
from evenhand.jobs.performing import Running
from evenhand.kernel.acting import Actor


def perform_look(running: Running) -> None:
    """Read the file and say what it would change."""
    brought, by = _begun(running, _("Comparing with what is kept"))
    if brought.state == ValuesFileState.LOOKING:
        look_at_values_file(brought, by=by, at=running.clock())
    running.finish({"url": running.arguments["url"]})


def perform_taking(running: Running) -> None:
    """Take the file over as it was shown, whole or not at all."""
    brought, by = _begun(running, _("Taking the values over"))
    if brought.state == ValuesFileState.WAITING:
        take_values_file(brought, by=by, at=running.clock())
    running.finish({"url": running.arguments["url"]})


def _begun(running: Running, note: str) -> tuple[ValuesFile, Actor]:
    asked_by = running.asked_by
    brought = ValuesFile.objects.select_related("source").get(pk=running.arguments["file"])
    running.advance(0, brought.rows, note)
    return brought, actor_of(asked_by.person_id, asked_by.name, on=running.clock().date())
