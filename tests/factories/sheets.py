"""Sheets of goals as people fill them in.

filled(person, target="95")           a row that can be taken over
sheet_of([filled(ada)], [part_row()]) all rows of a file, the first one in row 2
"""

from evenhand.goals.sheets import SheetRow, SheetRows

WORDS = {
    "outcome": "Orders leave the house within two days of coming in",
    "kind": "A figure (KPI)",
    "metric": "The last value counts",
    "measure": "Share of orders that left in time",
    "unit_of_measure": "%",
    "data_source": "Dispatch list",
    "baseline": "60",
    "target": "90",
    "starts_on": "2026-01-01",
    "due_on": "2027-12-31",
}


def filled(person, **words):
    """A row with everything a goal needs; an empty word takes a cell out."""
    row = {"person": person.number} | WORDS | words
    return {name: said for name, said in row.items() if said}


def part_row(**words):
    return {"part_title": "The first step", "part_weight": "100"} | words


def sheet_of(*rows):
    return SheetRows(tuple(SheetRow(number, row) for number, row in enumerate(rows, start=2)))
