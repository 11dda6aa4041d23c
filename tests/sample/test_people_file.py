import csv
from datetime import date
from pathlib import Path

from evenhand.sample.inventing import invent
from evenhand.sample.people_file import COLUMNS, people_file
from tests.sample.seeds import seeded

SAMPLE = Path(__file__).parent.parent / "files" / "people_sample.csv"
TODAY = date(2026, 11, 22)


def rows(text):
    return list(csv.DictReader(text.splitlines()))


def test_the_sample_file_is_what_the_generator_writes():
    # After a change of the generator: SAMPLE.write_text(sample_text(), encoding="utf-8")
    assert SAMPLE.read_text(encoding="utf-8") == sample_text()


def sample_text():
    return people_file(invent(120, rng=seeded(2026), today=TODAY))


def test_everyone_has_a_row_and_every_manager_is_in_the_file(organization):
    people = rows(people_file(organization))
    numbers = {row["Employee ID"] for row in people}

    assert len(people) == len(organization.people)
    assert tuple(people[0]) == COLUMNS
    assert {row["Manager ID"] for row in people if row["Manager ID"]} <= numbers
    assert [row["Job title"] for row in people if not row["Manager ID"]] == [
        "Chief Executive Officer"
    ]


def test_nobody_reports_to_someone_who_has_left(organization):
    people = {row["Employee ID"]: row for row in rows(people_file(organization))}

    assert not any(people[r["Manager ID"]]["Exit date"] for r in people.values() if r["Manager ID"])


def test_the_file_names_the_last_day_at_work(organization):
    by_number = {row["Employee ID"]: row for row in rows(people_file(organization))}
    leaver = next(person for person in organization.people if person.left_on)
    last_day = date.fromisoformat(by_number[leaver.number]["Exit date"])

    assert leaver.works_on(last_day)
    assert not leaver.works_on(leaver.left_on)
