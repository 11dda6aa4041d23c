"""Small files of our own invention, built where a test needs them."""

from datetime import date
from pathlib import Path

from evenhand.integrations.people_files.mapping import Mapping
from evenhand.integrations.people_files.reading import read_table
from evenhand.integrations.people_files.recognising import recognise
from evenhand.integrations.people_files.rows import people_in
from tests.spreadsheets.building import csv_bytes

FILES = Path(__file__).parent / "files"
TODAY = date(2026, 6, 1)


def table_of(*rows):
    return read_table(csv_bytes(*rows))


def recognised(*rows):
    return recognise(table_of(*rows), on=TODAY)


def records_of(*rows, mapping=None, elsewhere=(), **options):
    """What a small file says, read with the mapping that is recognised."""
    table = table_of(*rows)
    chosen = mapping or recognise(table, on=TODAY).mapping
    if options:
        chosen = Mapping(chosen.columns, chosen.date_styles, **options)
    return people_in(table, chosen, on=TODAY, elsewhere=elsewhere)


def read_whole(source):
    """A file, what it was taken for, and what it says."""
    table = read_table(source)
    recognition = recognise(table, on=TODAY)
    return table, recognition, people_in(table, recognition.mapping, on=TODAY, elsewhere=())


def codes(records):
    return [(problem.row, problem.code) for problem in records.problems]
