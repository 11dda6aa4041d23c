"""Finding each row's manager, by number, address or name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from evenhand.integrations.people_files import values
from evenhand.integrations.people_files.cells import Cells, Fault
from evenhand.integrations.people_files.kinds import (
    MANAGERS,
    Field,
    KnownPerson,
    ManagerNotFound,
    Problem,
    Severity,
    Status,
)
from evenhand.integrations.people_files.names import key_of, name_key, name_with_number

_MOST_CANDIDATES = 5
_MOST_IN_CIRCLE = 8


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who could be meant."""

    number: str
    name: str
    row: int | None
    has_left: bool

    def __str__(self) -> str:
        if self.row is None:
            return _("%(name)s (number %(number)s)") % {"name": self.name, "number": self.number}
        return _("%(name)s (number %(number)s, row %(row)d)") % {
            "name": self.name,
            "number": self.number,
            "row": self.row,
        }


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody whom a row can name: the people in the file, then those known elsewhere."""

    by_number: dict[str, Who]
    by_email: dict[str, list[Who]]
    by_name: dict[tuple[str, ...], list[Who]]
    by_words: dict[tuple[str, ...], list[Who]]
    is_complete: bool

    def named(self, name: str) -> list[Who]:
        key = key_of(name)
        return self.by_name.get(key) or self.by_words.get(tuple(sorted(key))) or []


@dataclass(frozen=True, slots=True)
class Policy:
    """What to do about managers who cannot be found or have left."""

    not_found: ManagerNotFound

    @property
    def severity(self) -> Severity:
        refuses = self.not_found is ManagerNotFound.REFUSE
        return Severity.ERROR if refuses else Severity.WARNING


def directory(
    cells: Cells, elsewhere: Sequence[KnownPerson] | None, has_left: Sequence[bool], on: date
) -> Directory:
    known = Directory({}, {}, {}, {}, elsewhere is not None)
    by_name = Field.MANAGER_NAME in cells.names
    given, family = cells.text(Field.GIVEN_NAME), cells.text(Field.FAMILY_NAME)
    emails = cells.text(Field.EMAIL)
    for at, number in enumerate(cells.text(Field.NUMBER)):
        if number and number not in known.by_number:
            name = f"{given[at]} {family[at]}".strip()
            who = Who(number, name, cells.row_numbers[at], has_left[at])
            _enter(known, who, emails[at], name_key(given[at], family[at]) if by_name else ())
    for other in elsewhere or ():
        if other.number not in known.by_number:
            left = other.left_on is not None and other.left_on < on
            who = Who(other.number, other.name, None, left)
            _enter(known, who, other.email.lower(), key_of(other.name) if by_name else ())
    return known


def _enter(known: Directory, who: Who, email: str, key: tuple[str, ...]) -> None:
    known.by_number[who.number] = who
    if email:
        known.by_email.setdefault(email, []).append(who)
    if key:
        known.by_name.setdefault(key, []).append(who)
        known.by_words.setdefault(tuple(sorted(key)), []).append(who)


@dataclass(slots=True)
class Finder:
    """Finds the managers of all rows; the same name is looked up once."""

    cells: Cells
    known: Directory
    policy: Policy
    has_left: Sequence[bool]
    problems: list[Problem]

    def numbers(self) -> list[str] | None:
        """Each row's manager by number, empty for none; None where the file names no managers."""
        if not MANAGERS & self.cells.names.keys():
            return None
        columns = [
            (said, self.cells.text(said))
            for said in (Field.MANAGER_NUMBER, Field.MANAGER_EMAIL, Field.MANAGER_NAME)
            if said in self.cells.names
        ]
        own = self.cells.text(Field.NUMBER)
        answers: dict[tuple[Field, str], str | Fault] = {}
        found: list[str] = []
        for at in range(len(self.cells)):
            said, value = next(((s, c[at]) for s, c in columns if c[at]), (columns[0][0], ""))
            answer = answers.get((said, value))
            if answer is None:
                answer = answers[said, value] = self._found(said, value)
            found.append(self._checked(at, said, value, own[at], answer))
        return found

    def _checked(self, at: int, said: Field, value: str, own: str, answer: str | Fault) -> str:
        if isinstance(answer, Fault):
            self.problems.append(self.cells.problem(at, said, value, answer))
            return ""
        if answer and answer == own:
            self.problems.append(self.cells.problem(at, said, value, _self()))
            return ""
        manager = self.known.by_number.get(answer)
        if manager and manager.has_left and not self.has_left[at]:
            self.problems.append(self.cells.problem(at, said, value, self._departed(manager)))
            return ""
        return answer

    def _found(self, said: Field, value: str) -> str | Fault:
        if not value or values.is_no_manager(value):
            return ""
        if said is Field.MANAGER_NUMBER:
            return self._by_number(value)
        if said is Field.MANAGER_EMAIL:
            return self._only(self.known.by_email.get(value, []))
        if values.is_a_body(value):
            return _body()
        bare, number = name_with_number(value)
        if number in self.known.by_number:
            return number
        return self._only(self.known.named(bare) or self.known.named(value))

    def _by_number(self, number: str) -> str | Fault:
        if number in self.known.by_number or not self.known.is_complete:
            return number
        return self._unknown()

    def _only(self, matching: Sequence[Who]) -> str | Fault:
        if not matching:
            return self._unknown()
        if len(matching) == 1:
            return matching[0].number
        staying = [who for who in matching if not who.has_left]
        if len(staying) == 1:
            return staying[0].number
        names = ", ".join(map(str, matching[:_MOST_CANDIDATES]))
        message = _(
            "{value} could be %(names)s. Please give the manager's number instead of the name."
        )
        return Fault("manager_ambiguous", message % {"names": names})

    def _unknown(self) -> Fault:
        if self.policy.severity is Severity.ERROR:
            message = _("We know nobody like {value}. Please correct it or clear the cell.")
        else:
            message = _("We know nobody like {value}, so this person will have no manager for now.")
        return Fault("manager_unknown", message, self.policy.severity)

    def _departed(self, manager: Who) -> Fault:
        if self.policy.severity is Severity.ERROR:
            message = _(
                "%(name)s has left. Please name somebody who works here, or clear the cell."
            )
        else:
            message = _("%(name)s has left, so this person will have no manager for now.")
        named = message % {"name": manager}
        return Fault("manager_departed", named.replace("{value}", ""), self.policy.severity)


def loops(manager_of: dict[str, str]) -> Iterator[list[str]]:
    """People who, going up from manager to manager, come back to themselves. Each loop once."""
    done: set[str] = set()
    for start in manager_of:
        path: list[str] = []
        on_path: set[str] = set()
        at = start
        while at and at not in done and at not in on_path:
            path.append(at)
            on_path.add(at)
            at = manager_of.get(at, "")
        if at in on_path:
            yield path[path.index(at) :]
        done |= on_path


def reports_in(loop: Sequence[str]) -> str:
    shown = [*loop[:_MOST_IN_CIRCLE], *(["…"] if len(loop) > _MOST_IN_CIRCLE else []), loop[0]]
    return " → ".join(shown)


def _self() -> Fault:
    return Fault(
        "manager_is_self",
        _(
            "{value} is this very person. Please name their manager, or clear the cell for somebody"
            " at the top."
        ),
    )


def _body() -> Fault:
    return Fault(
        "manager_is_a_body",
        _("{value} is not one person, so this person will have no manager."),
        Severity.WARNING,
    )


def has_left(cells: Cells, on: date) -> list[bool]:
    """Who is no longer here; the last day is believed before the word of status."""
    statuses = cells.statuses or [None] * len(cells)
    days = cells.days.get(Field.LEFT_ON) or [None] * len(cells)
    return [
        day < on if day is not None else status is Status.LEFT
        for day, status in zip(days, statuses, strict=True)
    ]
