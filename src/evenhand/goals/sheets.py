"""A sheet of goals: its columns, empty to be filled in, and read again as rows of words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.goals.giving import people_in_reach
from evenhand.goals.kinds import Ambition, GoalKind, Metric, Openness
from evenhand.goals.models import GoalSheet, StrategicObjective
from evenhand.kernel.acting import Actor
from evenhand.people.models import Person, Position
from evenhand.people.queries import BY_NAME
from evenhand.spreadsheets.forms import FormColumn, write_form
from evenhand.spreadsheets.reading import read_table
from evenhand.spreadsheets.tables import Limits, Table
from evenhand.spreadsheets.vocabulary import Vocabulary
from evenhand.spreadsheets.words import squeezed
from evenhand.spreadsheets.writing import Sheet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_GOALS, MOST_ROWS, MOST_PEOPLE = 100, 1_000, 2_000
LIMITS = Limits(file_bytes=5_000_000, unpacked_bytes=50_000_000, rows=MOST_ROWS, columns=200)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet. `choices` are the words that stand for what can be chosen."""

    name: str
    label: "StrOrPromise"
    help: "StrOrPromise"
    kind: str = "text"
    choices: type[TextChoices] | None = None
    is_wide: bool = False


COLUMNS = (
    Column(
        "person",
        gettext_lazy("Person number"),
        gettext_lazy("Whose goal it is. The sheet “People” has the numbers."),
    ),
    Column(
        "outcome",
        gettext_lazy("Goal"),
        gettext_lazy("What will be different when it is reached, in one sentence."),
        is_wide=True,
    ),
    Column("kind", gettext_lazy("Kind"), gettext_lazy("How one sees it."), choices=GoalKind),
    Column(
        "metric",
        gettext_lazy("Figure"),
        gettext_lazy("How several values make one figure. Only for figures and limits."),
        choices=Metric,
    ),
    Column(
        "measure",
        gettext_lazy("What is measured"),
        gettext_lazy("Or how one sees that it is done."),
        is_wide=True,
    ),
    Column("unit_of_measure", gettext_lazy("Unit"), gettext_lazy("days, %, EUR …")),
    Column("data_source", gettext_lazy("Where from"), gettext_lazy("Where the figure comes from.")),
    Column("baseline", gettext_lazy("Baseline"), gettext_lazy("Where it stands today."), "number"),
    Column(
        "target",
        gettext_lazy("Target"),
        gettext_lazy("Where it should stand at the end."),
        "number",
    ),
    Column("low", gettext_lazy("Not below"), gettext_lazy("Only to keep within limits."), "number"),
    Column(
        "high", gettext_lazy("Not above"), gettext_lazy("Only to keep within limits."), "number"
    ),
    Column(
        "tolerance",
        gettext_lazy("Tolerance"),
        gettext_lazy("How far outside the limits counts as nothing reached."),
        "number",
    ),
    Column("starts_on", gettext_lazy("From"), gettext_lazy("The first day: 2026-01-31"), "day"),
    Column("due_on", gettext_lazy("Until"), gettext_lazy("The last day: 2026-12-31"), "day"),
    Column(
        "cadence_days",
        gettext_lazy("Days between check-ins"),
        gettext_lazy("Empty means as usual here."),
        "number",
    ),
    Column(
        "ambition",
        gettext_lazy("Expected of it"),
        gettext_lazy("Committed: all of it. Aspirational: about 70%."),
        choices=Ambition,
    ),
    Column(
        "objective",
        gettext_lazy("Objective it supports"),
        gettext_lazy("One that holds today, in its words. Or leave it empty."),
        is_wide=True,
    ),
    Column(
        "parent",
        gettext_lazy("Number of the goal it supports"),
        gettext_lazy("As it stands in the address of that goal."),
        "number",
    ),
    Column(
        "local_reason",
        gettext_lazy("Why it stands on its own"),
        gettext_lazy("Only if it supports nothing above."),
        is_wide=True,
    ),
    Column(
        "openness",
        gettext_lazy("Who reads it"),
        gettext_lazy("Empty means as usual here."),
        choices=Openness,
    ),
    Column(
        "part_title",
        gettext_lazy("Key result or milestone"),
        gettext_lazy("One in each row. Further ones stand in the rows below, with no goal."),
        is_wide=True,
    ),
    Column(
        "part_weight",
        gettext_lazy("Its weight, %"),
        gettext_lazy("All parts of a goal sum to 100."),
        "number",
    ),
    Column(
        "part_metric",
        gettext_lazy("Its figure"),
        gettext_lazy("Empty for a milestone."),
        choices=Metric,
    ),
    Column("part_unit", gettext_lazy("Its unit"), ""),
    Column("part_baseline", gettext_lazy("Its baseline"), "", "number"),
    Column("part_target", gettext_lazy("Its target"), "", "number"),
    Column("part_due_on", gettext_lazy("Its last day"), "", "day"),
)
BY_NAME_OF_COLUMN: Mapping[str, Column] = {column.name: column for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet: its number in the file, and the words in its columns."""

    number: int
    words: dict[str, str]

    def said(self, name: str) -> str:
        return self.words.get(name, "")


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The rows of a sheet that was filled in, and the columns nobody knows."""

    rows: tuple[SheetRow, ...]
    unknown: tuple[str, ...] = ()

    def as_text(self) -> str:
        rows = [[row.number, row.words] for row in self.rows]
        return json.dumps({"rows": rows, "unknown": list(self.unknown)})

    @classmethod
    def from_text(cls, text: str) -> "SheetRows":
        kept = json.loads(text)
        rows = tuple(SheetRow(number, words) for number, words in kept["rows"])
        return cls(rows, tuple(kept["unknown"]))


def visible_sheets(actor: Actor) -> QuerySet[GoalSheet]:
    """The sheets one brought oneself."""
    return GoalSheet.objects.filter(by=actor.person_id)


def write_empty_sheet(file: IO[bytes], actor: Actor) -> None:
    """The sheet for somebody to fill in, with the people they write goals for."""
    people = _people(actor)
    objectives = list(
        StrategicObjective.objects.live(actor.on).order_by("title").values_list("title", flat=True)
    )
    columns = [
        FormColumn(
            heading=str(column.label),
            help=str(column.help),
            choices=_choices(column, [number for number, _name, _unit in people], objectives),
            kind=column.kind,
            is_wide=column.is_wide,
        )
        for column in COLUMNS
    ]
    headings = [_("Column"), _("What to write"), _("Choices")]
    told = [
        (str(column.label), str(column.help), ", ".join(_labels(column.choices)))
        for column in COLUMNS
    ]
    beside = [
        Sheet(headings, [*_first_words(), *told], _("How to fill in")),
        Sheet([_("Number"), _("Name"), _("Unit")], people, _("People")),
    ]
    write_form(file, _("Goals"), columns, rows=MOST_ROWS, beside=beside)


def read_sheet(raw: bytes) -> SheetRows:
    """The rows of a filled sheet, CSV or Excel; raises UnusableFile when it cannot be read."""
    table = read_table(raw, GOALS, limits=LIMITS)
    places = _places(table)
    rows = []
    for number, cells in zip(table.row_numbers, table.rows, strict=True):
        words = {name: cells[place].strip() for name, place in places.items()}
        rows.append(SheetRow(number, {name: said for name, said in words.items() if said}))
    known = set(places.values())
    unknown = [name for place, name in enumerate(table.header) if place not in known]
    return SheetRows(tuple(row for row in rows if row.words), tuple(unknown))


def _places(table: Table) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, heading in enumerate(table.header):
        name = column_called(heading)
        if name is not None:
            places.setdefault(name, place)
    return places


def column_called(heading: str) -> str | None:
    """The column that a heading means: by its label in this language, or by its name."""
    wanted = squeezed(heading)
    for column in COLUMNS:
        if wanted in {squeezed(str(column.label)), squeezed(column.name)}:
            return column.name
    return None


def _people(actor: Actor) -> list[tuple[str, str, str]]:
    """Oneself first, then whom one gives goals to, with the numbers that say who is meant."""
    own = [] if actor.is_delegate else list(Person.objects.filter(pk=actor.person_id))
    others = people_in_reach(actor).order_by(*BY_NAME)[:MOST_PEOPLE]
    people = [*own, *others]
    held = Position.objects.on(actor.on).filter(person__in=[person.pk for person in people])
    units = dict(held.values_list("person", "unit__name"))
    return [(person.number, person.name, units.get(person.pk, "")) for person in people]


def _choices(column: Column, numbers: list[str], objectives: list[str]) -> tuple[str, ...]:
    if column.name == "person":
        return tuple(numbers)
    return tuple(objectives) if column.name == "objective" else _labels(column.choices)


def _labels(choices: type[TextChoices] | None) -> tuple[str, ...]:
    return tuple(str(label) for _value, label in choices.choices) if choices else ()


def _first_words() -> list[tuple[str, str, str]]:
    return [
        (
            _("In general"),
            _(
                "Write one goal in each row of the sheet “Goals”. Bring the file back afterwards:"
                " you see what it would do before anything is kept."
            ),
            "",
        ),
        (
            _("Key results"),
            _("A goal with several has one in its own row and one in each row below."),
            "",
        ),
    ]


GOALS = Vocabulary(
    knows=lambda name: column_called(name) is not None,
    is_certain=lambda name: column_called(name) in {"outcome", "person", "due_on"},
    is_protected=lambda _name: False,
    example="Person number, Goal, Until",
)
