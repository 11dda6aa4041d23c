"""Goals and forms of today, so that the tests of the pages hold on any day."""

from datetime import timedelta

from django.utils import timezone

from tests.factories.access import AccountFactory
from tests.factories.goals import GoalFactory


def days():
    """A goal of two hundred days, of which half have passed."""
    today = timezone.localdate()
    return {"starts_on": today - timedelta(days=100), "due_on": today + timedelta(days=100)}


def goal_of(owner, **fields):
    created = {"created_at": timezone.now() - timedelta(days=101)}
    return GoalFactory(owner=owner, **(days() | created | fields))


def sign_in(client, person):
    client.force_login(getattr(person, "account", None) or AccountFactory(person=person))
    return client


def words(response):
    return response.content.decode()


def filled_in(owner, **fields):
    """The form of a goal as a browser sends it, with every field a figure needs."""
    form = {
        "outcome": "Orders leave the house within two days of coming in",
        "description": "",
        "kind": "kpi",
        "metric": "level",
        "ambition": "committed",
        "measure": "Share of orders that left within two days",
        "unit_of_measure": "%",
        "data_source": "Dispatch list",
        "baseline": "60",
        "target": "90",
        "cadence_days": "30",
        "owner": str(owner.pk),
        "scope": "person",
        "supports": "",
        "local_reason": "Nobody else here looks after orders.",
        "openness": "team",
        "rolls_up_from": "own",
        "share_of_parent": "1",
        "parts-TOTAL_FORMS": "0",
        "parts-INITIAL_FORMS": "0",
        **{name: on.isoformat() for name, on in days().items()},
    }
    return form | fields


def rows(*parts, known=0):
    """Key results or milestones as the form sends them."""
    sent = {"parts-TOTAL_FORMS": str(len(parts)), "parts-INITIAL_FORMS": str(known)}
    for place, part in enumerate(parts):
        sent |= {f"parts-{place}-{name}": str(value) for name, value in part.items()}
    return sent
