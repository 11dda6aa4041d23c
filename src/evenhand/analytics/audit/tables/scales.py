"""The scale of a rating: said by somebody, or recognised from the ratings."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from django.utils.translation import gettext as _

from evenhand.analytics.audit.ratings import Scale
from evenhand.analytics.audit.tables.cells import numbers, word
from evenhand.analytics.audit.tables.columns import UnusableRatings, trouble
from evenhand.analytics.audit.tables.levels import in_order, rank
from evenhand.spreadsheets.tables import shown
from evenhand.spreadsheets.words import plain

MOST_LEVELS = 100
_MOST_STEPS = 20
_LONGEST_LEVEL = 80
_SMALL = 10
_HALF = 0.5
# On five levels the upper two are good and the lower two low; on four the top one and the lower
# two, as the third of four says that expectations were met. Both are these shares of the way up.
_GOOD_FROM = 0.7
_LOW_TO = 1 / 3
_RANGE = re.compile(r"(-?\d+)\s*(?:-|\u2013|\.\.+|to|bis|a|à)\s*(\d+)", re.ASCII)
_NAMED = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*[=:]\s*(\S.*)", re.ASCII)
_LEADING = re.compile(
    r"[(\[]?(-?\d{1,3}(?:[.,]\d+)?)[)\]]?(?:\s*[-\u2013\u2014.:=/)]\s*|\s+)(\D.*|\d+)", re.ASCII
)
_TRAILING = re.compile(r"(\D*\w\D*?)[\s(\[:=\u2013-]+(\d{1,3}(?:[.,]\d+)?)[)\]]?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reader:
    """A scale, and what each word of the column means on it."""

    scale: Scale
    read: Mapping[str, float]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Levels:
    """Values from low to high, their names if they have any, and words that mean a value."""

    values: tuple[float, ...]
    names: tuple[str, ...] = ()
    read: Mapping[str, float] | None = None
    note: str = ""


def reader_for(column: Sequence[str], wanted: str, name: str) -> Reader:
    """The scale of a column of words, said in `wanted` or else recognised.

    Words that are no level are not in `read`. A scale that cannot be told raises UnusableRatings.
    """
    counts = Counter(column)
    counts.pop("", None)
    levels = _said(wanted, counts) if wanted else _recognised(counts, name)
    good, low = thresholds(levels.values)
    scale = Scale(levels.values, levels.names, good, low)
    return Reader(scale, levels.read or {}, levels.note)


def thresholds(values: Sequence[float]) -> tuple[float, float]:
    """From which level on a rating is a good one, and up to which a low one."""
    low, span = values[0], (values[-1] - values[0]) or 1.0
    way = [(value - low) / span for value in values]
    good = next(v for v, share in zip(values, way, strict=True) if share >= _GOOD_FROM)
    few = [v for v, share in zip(values, way, strict=True) if share <= _LOW_TO + 1e-9]
    return float(good), float(few[-1])


def with_thresholds(scale: Scale, favourable: str, adverse: str) -> Scale:
    """The scale with the levels that somebody named as good from, and as low up to."""
    good = _level(scale, favourable) if favourable else scale.favourable
    low = _level(scale, adverse) if adverse else scale.adverse
    if not low < good:
        message = _(
            "A low rating (%(low)s or less) has to lie below a good one (%(good)s or more)."
            " Please name other levels."
        )
        words = {"low": scale.name_of(low), "good": scale.name_of(good)}
        raise UnusableRatings([trouble("thresholds_cross", message % words)])
    return Scale(scale.values, scale.names, good, low)


def _level(scale: Scale, said: str) -> float:
    named = {plain(name): value for name, value in zip(scale.names, scale.values, strict=False)}
    value = named.get(plain(said)) if scale.names else None
    if value is None:
        value = numbers([said]).get(said)
    if value is None or not scale.values[0] <= value <= scale.values[-1]:
        message = _("The scale has no level “%(word)s”. It has: %(levels)s.")
        levels = ", ".join(scale.name_of(v) for v in scale.values[:MOST_LEVELS])
        raise UnusableRatings(
            [trouble("no_such_level", message % {"word": said, "levels": levels})]
        )
    return value


def _said(wanted: str, counts: Mapping[str, int]) -> Levels:
    """A scale in words such as "Poor < Fair < Good", "1-5" or "1 = Poor < 2 = Good"."""
    values, names = parse_scale(wanted)
    read = dict(zip(map(plain, names), values, strict=False))
    allowed = set(values)
    understood: dict[str, float] = {}
    as_numbers = numbers(counts)
    for bare in counts:
        value = read.get(plain(bare))
        if value is None:
            value = as_numbers.get(bare, _numbered(bare)[0])
        if value in allowed:
            understood[bare] = float(value)
    return Levels(values, names, understood)


def parse_scale(text: str) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """The values and names of a scale that somebody wrote down, from low to high."""
    spanned = _RANGE.fullmatch(text.strip())
    if spanned:
        low, high = int(spanned[1]), int(spanned[2])
        if not 0 < high - low <= MOST_LEVELS:
            raise _bad_scale()
        return tuple(float(value) for value in range(low, high + 1)), ()
    sign = "<" if "<" in text else ">"
    parts = [word(part) for part in text.split(sign)]
    if sign == ">":
        parts.reverse()
    if (
        not 1 < len(parts) <= MOST_LEVELS
        or not all(parts)
        or any(c in text for c in "<>" if c != sign)
    ):
        raise _bad_scale()
    values, names = _valued(parts)
    rising = all(a < b for a, b in pairwise(values))
    if not rising or len(set(map(plain, names))) < len(names):
        raise _bad_scale()
    return values, names


def _valued(parts: Sequence[str]) -> tuple[tuple[float, ...], tuple[str, ...]]:
    plainly = numbers(parts)
    if len(plainly) == len(set(parts)):
        return tuple(plainly[part] for part in parts), ()
    named = [_NAMED.fullmatch(part) for part in parts]
    if all(named):
        pairs = [(match[1], match[2]) for match in named if match]
        read = numbers(value for value, _name in pairs)
        return tuple(read[value] for value, _name in pairs), tuple(name for _v, name in pairs)
    return tuple(float(place) for place in range(1, len(parts) + 1)), tuple(parts)


def _bad_scale() -> UnusableRatings:
    message = _(
        "We could not read the scale. Please write its levels from low to high, each once, such as"
        " “Poor < Fair < Good” or “1-5”."
    )
    return UnusableRatings([trouble("bad_scale", message)])


def _recognised(counts: Mapping[str, int], name: str) -> Levels:
    if not counts:
        message = _("“%(column)s” holds no rating at all. Please choose another column.")
        raise UnusableRatings([trouble("no_ratings", message % {"column": name}, name)])
    as_numbers = numbers(counts)
    if _are_most(as_numbers, counts):
        return _numeric(as_numbers, name)
    numbered = {bare: value for bare in counts if (value := _numbered(bare)[0]) is not None}
    numbered |= as_numbers
    if _are_most(numbered, counts):
        return _with_names(_numeric(numbered, name), numbered)
    usual = {plain(bare): bare for bare in sorted(counts, key=lambda bare: counts[bare])}
    ordered = in_order(usual.values()) if len(usual) <= MOST_LEVELS else None
    if ordered is None or len(ordered) < 2:  # noqa: PLR2004  one word is no scale
        raise _unknown(counts, name)
    places = {plain(level): float(at) for at, level in enumerate(ordered, start=1)}
    note = _("We read the scale as %(scale)s. If it is another, please name it.")
    return Levels(
        tuple(places.values()),
        ordered,
        {bare: places[plain(bare)] for bare in counts},
        note % {"scale": " < ".join(ordered)},
    )


def _are_most(known: Iterable[str], counts: Mapping[str, int]) -> bool:
    return sum(counts[bare] for bare in known) * 2 > sum(counts.values())


def _numeric(read: Mapping[str, float], name: str) -> Levels:
    """The levels that numbers lie on: whole or half steps, or as many as there are."""
    seen = np.unique(list(read.values()))
    low, high = float(seen[0]), float(seen[-1])
    halves = bool(np.all(seen * 2 == np.round(seen * 2)))
    step = 1.0 if bool(np.all(seen == np.round(seen))) else _HALF
    if not halves or (high - low) / step > _MOST_STEPS:
        note = _(
            "We took the ratings that occur, %(low)g to %(high)g, as the scale. If that is not"
            " meant, please say from where on a rating is good, and up to where it is low."
        )
        values = tuple(float(value) for value in seen)
        return Levels(values, (), read, note % {"low": low, "high": high})
    low = 1.0 if low >= 1 and high <= _SMALL else low
    if high == low or len(seen) == 1:
        if not 1 <= high <= 5:  # noqa: PLR2004  the usual scale, when all agree on one level of it
            message = _(
                "Every rating in “%(column)s” is %(value)g, so there is nothing to compare."
            )
            words = {"column": name, "value": high}
            raise UnusableRatings([trouble("all_the_same", message % words, name)])
        high = 5.0
    count = round((high - low) / step) + 1
    values = tuple(low + step * place for place in range(count))
    note = _("We read the scale as %(low)g to %(high)g. If it is another, please name it.")
    return Levels(values, (), read, note % {"low": low, "high": high})


def _with_names(levels: Levels, read: Mapping[str, float]) -> Levels:
    """Names for the levels, where each of them has one and no two have the same."""
    found: dict[float, Counter[str]] = {}
    for bare, value in read.items():
        said = _numbered(bare)[1]
        if said:
            found.setdefault(value, Counter())[said] += 1
    names = tuple(found[v].most_common(1)[0][0] if v in found else "" for v in levels.values)
    distinct = all(names) and len(set(names)) == len(names)
    return Levels(levels.values, names if distinct else (), levels.read, levels.note)


def _numbered(bare: str) -> tuple[float | None, str]:
    """The number in “4 - Exceeds”, “Exceeds (4)” or “4/5”, and the words beside it."""
    if len(bare) > _LONGEST_LEVEL:
        return None, ""
    for pattern, number, said in ((_LEADING, 1, 2), (_TRAILING, 2, 1)):
        match = pattern.fullmatch(bare)
        if match:
            value = numbers([match[number]]).get(match[number])
            rest = match[said].strip(" -\u2013\u2014.:=/()[]")
            return value, "" if rest.isdigit() else rest
    return None, ""


def _unknown(counts: Mapping[str, int], name: str) -> UnusableRatings:
    usual = sorted(counts, key=lambda bare: (rank(bare) is None, rank(bare) or 0, -counts[bare]))
    listed = [shown(bare) for bare in usual[:12]]
    message = _(
        "We do not know the order of the words in “%(column)s”. Please write them from low to"
        " high, such as “%(example)s”."
    )
    more = " < …" if len(usual) > len(listed) else ""
    words = {"column": name, "example": " < ".join(listed) + more}
    return UnusableRatings([trouble("unknown_scale", message % words, name)])
