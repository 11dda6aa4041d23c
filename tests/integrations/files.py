"""Small files for tests of imports, and the reference data where they are present."""

import os
from pathlib import Path

import pytest

from evenhand.integrations.importing import Source, Wish, import_file
from evenhand.integrations.people_files.kinds import ManagerNotFound
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.integrations.people_files.reading import read_table
from evenhand.integrations.planning import plan_import
from evenhand.integrations.seeing import first_look
from tests.spreadsheets.building import csv_bytes

CHECKOUT = Path(__file__).parents[2]
SAMPLE = CHECKOUT / "tests" / "files" / "people_sample.csv"
REFERENCE = Path(os.environ.get("EVENHAND_REFERENCE_DATA", CHECKOUT.parent / "shared" / "data"))
HR = REFERENCE / "hrdataset_v14"

needs_reference = pytest.mark.skipif(
    not REFERENCE.is_dir(),
    reason="The reference data are not here; set EVENHAND_REFERENCE_DATA to their folder.",
)


def csv_of(*rows, **options):
    return csv_bytes(*rows, **options)


def read(raw, on, **choices):
    """A file and how it is read when everything is answered as it is recognised."""
    table = read_table(raw)
    look = first_look(table, on=on)
    managers = choices.pop("managers", ManagerNotFound.REFUSE)
    mapping = Mapping(look.mapping.columns, look.mapping.date_styles, managers)
    return table, Wish(mapping, **choices)


def plan_of(raw, by, **choices):
    table, wish = read(raw, by.on, **choices)
    return plan_import(table, wish.mapping, on=by.on, is_complete=wish.is_complete)


def bring(raw, by, at, **choices):
    """Import a file at once; what comes back is its plan."""
    table, wish = read(raw, by.on, **choices)
    return import_file(Source("people.csv", raw), table, wish, by=by, at=at)
