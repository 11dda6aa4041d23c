"""Whether the values of a column look like what its name promises."""

from collections.abc import Callable, Collection, Sequence

from evenhand.integrations.people_files import values
from evenhand.integrations.people_files.kinds import DATES, MANAGERS
from evenhand.people.columns import CERTAIN, POSSIBLE, Field
from evenhand.spreadsheets.dates import group_of

_SAMPLE = 2_000
_WORDY = frozenset(
    {
        Field.GIVEN_NAME,
        Field.FAMILY_NAME,
        Field.FULL_NAME,
        Field.MANAGER_NAME,
        Field.UNIT_NAME,
        Field.UNIT_PATH,
        Field.TITLE,
        Field.JOB_FAMILY,
        Field.COUNTRY,
        Field.LOCATION,
        Field.RACE,
    }
)
_LONGEST_NUMBER = 40
_MOST_OF = 0.6
_NEARLY_ALL = 0.8
_FORGIVEN = 0.3


def distinct(cells: Sequence[str]) -> list[str]:
    """The different values of a column without those that stand for nothing."""
    sample = list(dict.fromkeys(cells))[:_SAMPLE]
    return [v for v in dict.fromkeys(map(values.text, sample)) if v]


def fits(said: Field, found: Collection[str], trust: int = POSSIBLE) -> bool:
    """Whether these values can be meant. A sure name forgives more odd values, not only such."""
    if not found:
        return True
    forgiven = _FORGIVEN if trust >= CERTAIN else 1
    if said in DATES:
        return _share(found, lambda v: bool(group_of(v))) >= _MOST_OF * forgiven
    if said in _WORDY:
        return _share(found, is_wordy) >= _MOST_OF * forgiven
    if said in _CHECKS:
        least, check = _CHECKS[said]
        return _share(found, check) >= least * forgiven
    return True


def manager_field(said: Field, found: Collection[str]) -> Field:
    """Whether a column about managers holds addresses, numbers or names, whatever it is called."""
    if said not in MANAGERS or not found:
        return said
    if _share(found, _is_address) >= _MOST_OF:
        return Field.MANAGER_EMAIL
    if said is Field.MANAGER_NUMBER and _share(found, _is_two_words) < _MOST_OF:
        return Field.MANAGER_NUMBER
    return Field.MANAGER_NAME if _share(found, is_wordy) >= _MOST_OF else Field.MANAGER_NUMBER


def is_address_column(found: Collection[str]) -> bool:
    return bool(found) and _share(found, _is_address) >= _NEARLY_ALL


def is_number_column(cells: Sequence[str], found: Collection[str]) -> bool:
    """Whether every row has a short value of its own with a digit in it."""
    filled = sum(1 for cell in cells if cell.strip())
    return (
        filled == len(cells)
        and len(set(cells)) == len(cells)
        and all(_is_number(v) for v in found)
        and not fits(Field.HIRED_ON, found)
    )


def is_wordy(value: str) -> bool:
    return any(c.isalpha() for c in value) and "@" not in value and not group_of(value)


def has_several_words(found: Collection[str]) -> bool:
    return bool(found) and _share(found, lambda v: " " in v) >= _MOST_OF


def _is_address(value: str) -> bool:
    return values.is_email(values.email(value))


def _is_number(value: str) -> bool:
    short = len(value) <= _LONGEST_NUMBER and not any(c.isspace() for c in value)
    return short and any(c.isdigit() for c in value) and "@" not in value


def _is_two_words(value: str) -> bool:
    return len(value.split()) > 1 and is_wordy(value)


def _share(found: Collection[str], check: Callable[[str], bool]) -> float:
    return sum(map(check, found)) / len(found)


_CHECKS: dict[Field, tuple[float, Callable[[str], bool]]] = {
    Field.NUMBER: (
        0.9,
        lambda v: len(v) <= _LONGEST_NUMBER and "@" not in v and not _is_two_words(v),
    ),
    Field.MATRIX_MANAGER_NUMBER: (0.6, _is_number),
    Field.EMAIL: (0.6, _is_address),
    Field.STATUS: (0.5, lambda v: (values.status(v) or values.true_false_status(v)) is not None),
    Field.SEX: (0.8, values.is_sex),
}
