"""What people were told about their data, and who has read it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from random import Random

from evenhand.compliance.actions import publish_notice
from evenhand.compliance.models import NoticeReceipt, PrivacyNotice
from evenhand.kernel.bulk import insert_rows
from evenhand.sample.chances import happens
from evenhand.sample.keeping import Deed, keep
from evenhand.sample.moments import moment
from evenhand.sample.organization import InventedPerson
from evenhand.sample.staffing import Staff

ADDED_LATER = "Protected facts."
RENEWED_BEFORE = timedelta(days=24)
EMPLOYEE = 0


def inform(staff: Staff, *, begins_on: date, rng: Random) -> None:
    """A notice at the beginning and a fuller one last month, which some have yet to read."""
    today = staff.organization.today
    texts = files("evenhand.sample").joinpath("words", "privacy_notice.txt")
    paragraphs = texts.read_text(encoding="utf-8").strip().split("\n\n")
    shorter = [text for text in paragraphs if not text.startswith(ADDED_LATER)]
    notice = _publish(shorter, staff, begins_on)
    _confirm(notice, staff, _readers(staff, notice, begins_on, 97, rng))
    renewed_on = today - RENEWED_BEFORE
    notice = _publish(paragraphs, staff, renewed_on)
    _confirm(notice, staff, _readers(staff, notice, renewed_on, 81, rng))


def _publish(paragraphs: list[str], staff: Staff, on: date) -> PrivacyNotice:
    at = datetime.combine(on, time(10, 30), tzinfo=UTC)
    return publish_notice("\n\n".join(paragraphs), by=staff.specialist(on), at=at)


Reading = tuple[InventedPerson, datetime]


def _readers(
    staff: Staff, notice: PrivacyNotice, since: date, percent: int, rng: Random
) -> Iterator[Reading]:
    """Most people, within days of the notice or of their first day; never in the future."""
    organization = staff.organization
    sign_ins = [sign_in.person for sign_in in organization.sign_ins]
    for person in organization.present():
        read_at = moment(max(since, person.hired_on) + timedelta(days=rng.randint(1, 18)), rng)
        reads = person.key in sign_ins or happens(percent, rng)
        if notice.version > 1 and person.key == sign_ins[EMPLOYEE]:
            continue
        if reads and notice.published_at < read_at and read_at.date() < organization.today:
            yield person, read_at


def _confirm(notice: PrivacyNotice, staff: Staff, readers: Iterator[Reading]) -> None:
    people = staff.known.people
    what, facts = ("compliance.privacynotice", notice.pk, str(notice)), {"version": notice.version}
    read = [(people[person.key], person.name, at) for person, at in readers]
    columns = ("notice", "person", "read_at")
    insert_rows(NoticeReceipt, columns, ((notice.pk, key, at) for key, _name, at in read))
    keep(Deed(at, "notice.confirmed", what, (key, name), {**facts}) for key, name, at in read)
