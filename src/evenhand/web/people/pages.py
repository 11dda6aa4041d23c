"""What the pages about people are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evenhand.kernel.acting import Actor
from evenhand.people.histories import person_record
from evenhand.people.models import Person, Unit
from evenhand.people.policies import (
    may_change_people,
    people_with_open_records,
    visible_people,
    visible_units,
)
from evenhand.people.queries import (
    Among,
    manager_of,
    people_reporting_to,
    rows_of,
)
from evenhand.web.people.pickers import chosen

MOST_REPORTS = 20


@dataclass(frozen=True, slots=True)
class Where:
    """Among whom one looks, and the unit or manager by name."""

    among: Among
    unit: Unit | None = None
    manager: Person | None = None


def among(actor: Actor, asked: Mapping[str, str]) -> Where:
    """The unit or the manager that an address asks for; what one may not see is passed over."""
    unit = chosen(visible_units(actor), asked.get("unit", ""))
    manager = chosen(visible_people(actor), asked.get("manager", ""))
    ids = Among(unit.pk if unit else None, manager.pk if manager else None)
    return Where(ids, unit, manager)


def person_page(actor: Actor, person: Person) -> dict[str, Any]:
    may_read = people_with_open_records(actor).filter(pk=person.pk).exists()
    record = person_record(person) if may_read else None
    manager = record.manager_on(actor.on) if record else manager_of(person.pk, actor.on)
    reports = people_reporting_to(person.pk, on=actor.on)[: MOST_REPORTS + 1]
    own, *others = rows_of([person, *([manager] if manager else []), *reports], on=actor.on)
    shown = others[1:] if manager else others
    return {
        "person": person,
        "row": own,
        "manager": others[0] if manager else None,
        "reports": shown[:MOST_REPORTS],
        "are_more": len(shown) > MOST_REPORTS,
        "record": record,
        "may_change": may_change_people(actor),
    }
