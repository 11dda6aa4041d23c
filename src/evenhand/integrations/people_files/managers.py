"""Finding each row's manager, by number, address or name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from evenhand.integrations.people_files import values
from evenhand.integrations.people_files.cells import Cells, Fault
from evenhand.integrations.people_files.kinds import KnownPerson, ManagerNotFound, Status
from evenhand.integrations.people_files.names import key_of, name_key, name_with_number
from evenhand.people.columns import Field
from evenhand.spreadsheets.tables import Problem, Severity

_IN_TURN = (Field.MANAGER_NUMBER, Field.MANAGER_EMAIL, Field.MANAGER_NAME)
_MOST_CANDIDATES = 5
_MOST_IN_CIRCLE = 8


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who could be meant."""

    number: str
    name: str
    row: int | None

    def __str__(self) -> str:
        if self.row is None:
            return _("%(name)s (number %(number)s)") % {"name": self.name, "number": self.number}
        return _("%(name)s (number %(number)s, row %(row)d)") % {
            "name": self.name,
            "number": self.number,
            "row": self.row,
        }


Key = tuple[str, ...]


@dataclass(slots=True)
class Directory:
    """Everybody whom a row can name: the people in the file, then those known elsewhere."""

    cells: Cells
    has_left: Sequence[bool]
    on: date
    places: dict[str, int]
    others: dict[str, KnownPerson]
    by_email: dict[str, list[str]] = field(default_factory=dict)
    by_name: dict[Key, list[str]] = field(default_factory=dict)
    by_words: dict[Key, list[str]] = field(default_factory=dict)
    is_complete: bool = True

    def __contains__(self, number: str) -> bool:
        return number in self.places or number in self.others

    def has_gone(self, number: str) -> bool:
        place = self.places.get(number)
        if place is not None:
            return self.has_left[place]
        other = self.others.get(number)
        return other is not None and other.left_on is not None and other.left_on < self.on

    def who(self, number: str) -> Who:
        place = self.places.get(number)
        if place is None:
            return Who(number, self.others[number].name, None)
        names = (self.cells.text(said)[place] for said in (Field.GIVEN_NAME, Field.FAMILY_NAME))
        return Who(number, " ".join(names).strip(), self.cells.row_numbers[place])

    def named(self, name: str) -> list[str]:
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
    places: dict[str, int] = {}
    for at, number in enumerate(cells.text(Field.NUMBER)):
        if number:
            places.setdefault(number, at)
    others = {p.number: p for p in elsewhere or () if p.number not in places}
    known = Directory(cells, has_left, on, places, others, is_complete=elsewhere is not None)
    if Field.MANAGER_EMAIL in cells.names:
        _list_addresses(known)
    if Field.MANAGER_NAME in cells.names:
        _list_names(known)
    return known


def _list_addresses(known: Directory) -> None:
    emails = known.cells.text(Field.EMAIL)
    for number, at in known.places.items():
        known.by_email.setdefault(emails[at], []).append(number)
    for other in known.others.values():
        known.by_email.setdefault(other.email.lower(), []).append(other.number)


def _list_names(known: Directory) -> None:
    given, family = known.cells.text(Field.GIVEN_NAME), known.cells.text(Field.FAMILY_NAME)
    for number, at in known.places.items():
        _enter(known, number, name_key(given[at], family[at]))
    for other in known.others.values():
        _enter(known, other.number, key_of(other.name))


def _enter(known: Directory, number: str, key: Key) -> None:
    if key:
        known.by_name.setdefault(key, []).append(number)
        known.by_words.setdefault(tuple(sorted(key)), []).append(number)


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
        columns = [said for said in _IN_TURN if said in self.cells.names]
        if not columns:
            return None
        answers: dict[tuple[Field, str], str | Fault] = {}
        plain: set[tuple[Field, str]] = set()
        found: list[str] = []
        own = self.cells.text(Field.NUMBER)
        for at, asked in enumerate(self._asked(columns)):
            answer = answers.get(asked)
            if answer is None:
                answer = answers[asked] = self._found(*asked)
                if isinstance(answer, str) and not self.known.has_gone(answer):
                    plain.add(asked)
            if isinstance(answer, str) and asked in plain and answer != own[at]:
                found.append(answer)
            else:
                found.append(self._checked(at, asked, answer))
        return found

    def _asked(self, columns: Sequence[Field]) -> Iterator[tuple[Field, str]]:
        """What each row says about its manager: the first of its columns that says something."""
        cells = [self.cells.text(said) for said in columns]
        for row in zip(*cells, strict=True):
            value = next(filter(None, row), "")
            yield columns[row.index(value)], value

    def _checked(self, at: int, asked: tuple[Field, str], answer: str | Fault) -> str:
        said, value = asked
        own = self.cells.text(Field.NUMBER)[at]
        if isinstance(answer, Fault):
            self.problems.append(self.cells.problem(at, said, value, answer))
        elif answer and answer == own:
            self.problems.append(self.cells.problem(at, said, value, _self()))
        elif self.known.has_gone(answer) and not self.has_left[at]:
            self.problems.append(self.cells.problem(at, said, value, self._departed(answer)))
        else:
            return answer
        return ""

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
        if number in self.known:
            return number
        return self._only(self.known.named(bare) or self.known.named(value))

    def _by_number(self, number: str) -> str | Fault:
        if number in self.known or not self.known.is_complete:
            return number
        return self._unknown()

    def _only(self, matching: Sequence[str]) -> str | Fault:
        if not matching:
            return self._unknown()
        if len(matching) == 1:
            return matching[0]
        staying = [number for number in matching if not self.known.has_gone(number)]
        if len(staying) == 1:
            return staying[0]
        names = ", ".join(str(self.known.who(number)) for number in matching[:_MOST_CANDIDATES])
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

    def _departed(self, number: str) -> Fault:
        if self.policy.severity is Severity.ERROR:
            message = _(
                "%(name)s has left. Please name somebody who works here, or clear the cell."
            )
        else:
            message = _("%(name)s has left, so this person will have no manager for now.")
        named = message % {"name": self.known.who(number)}
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
