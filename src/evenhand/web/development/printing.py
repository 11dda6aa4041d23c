"""A development plan on paper: what stands, to the same readers."""

from django.template.loader import render_to_string

from evenhand.development.contents import actions_of
from evenhand.development.models import DevelopmentPlan
from evenhand.development.queries import standing_version, version_under_way
from evenhand.kernel.acting import Actor

STYLE = "evenhand/css/document.css"


def pdf_of(actor: Actor, plan: DevelopmentPlan) -> bytes:
    # No other page needs the PDF library, nor the system libraries that one wants.
    from evenhand.documents.typesetting import typeset  # noqa: PLC0415  # costs 1 s

    return typeset(printed(actor, plan), STYLE)


def printed(actor: Actor, plan: DevelopmentPlan) -> str:
    """What both agreed to, or, while nothing is agreed, what is proposed or in writing."""
    standing = standing_version(actor, plan)
    version = standing or version_under_way(actor, plan)
    context = {
        "plan": plan,
        "version": version,
        "rows": plan.actions_agreed.all() if standing else (),
        "actions": actions_of(version) if version and not standing else (),
        "notes": plan.notes.select_related("author"),
        "printed_on": actor.on,
        "printed_for": actor.name,
    }
    return render_to_string("development/document.html", context)
