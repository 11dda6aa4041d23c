"""Names and the addresses made of them."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from evenhand.sample.vocabulary import CULTURES_BY_COUNTRY, names_of

_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l", "\u0131": "i", "đ": "d", " ": "-"}
    | {"'": None}
)
_SECOND_NAME = {"indonesian": 0.3, "vietnamese": 0.35, "hispanic": 0.08, "german": 0.05}
_TWO_FAMILY_NAMES = {"hispanic": 0.25, "german": 0.04}


@dataclass(frozen=True, slots=True)
class InventedName:
    given: str
    family: str
    culture: str


@cache
def _mix(country: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    mix = CULTURES_BY_COUNTRY[country]
    return tuple(mix), tuple(accumulate(mix.values()))


def draw_name(country: str, *, is_woman: bool, rng: Random) -> InventedName:
    cultures, weights = _mix(country)
    culture = rng.choices(cultures, cum_weights=weights)[0]
    names = names_of(culture)
    given_names = names.female if is_woman else names.male
    given = rng.choice(given_names)
    family = rng.choice(names.family)
    chance = rng.random()
    if chance < _SECOND_NAME.get(culture, 0):
        given = _and_another(given, given_names, " ", rng)
    elif chance > 1 - _TWO_FAMILY_NAMES.get(culture, 0):
        family = _and_another(family, names.family, "-" if culture == "german" else " ", rng)
    return InventedName(given, family, culture)


def _and_another(name: str, names: tuple[str, ...], joined_by: str, rng: Random) -> str:
    other = rng.choice(names)
    return name if other == name else f"{name}{joined_by}{other}"


@cache
def plain_letters(name: str) -> str:
    """A name as it stands in an address: small, without accents."""
    spelled = name.lower().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", spelled)
    return "".join(letter for letter in decomposed if letter.isascii())


class AddressBook:
    """Gives everyone an address of their own."""

    def __init__(self, domain: str) -> None:
        self.domain = domain
        self._given: dict[str, int] = {}

    def address(self, name: InventedName) -> str:
        stem = f"{plain_letters(name.given)}.{plain_letters(name.family)}"
        count = self._given.get(stem, 0) + 1
        self._given[stem] = count
        return f"{stem}{count if count > 1 else ''}@{self.domain}"
