"""What stands in single cells: nothing, no rating, a number or a word."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from evenhand.spreadsheets.words import plain, tidy

# A person may be without a rating for two reasons, which are counted apart: nobody has said
# anything, or somebody has said that there is nothing to rate.
_NOTHING = frozenset(
    {
        *(
            "",
            "-",
            "--",
            "---",
            "\u2014",
            "\u2013",
            ".",
            "..",
            "?",
            "n/a",
            "na",
            "n.a.",
            "n.a",
            "#n/a",
        ),
        *("null", "none", "nil", "nan", "(blank)", "missing", "<na>", "#value!", "#ref!"),
        *("k.a.", "k. a.", "keine angabe", "s.o.", "s/o", "sans objet", "sin dato", "s/d"),
        *("tidak ada", "tidak diketahui", "sem dados", "unknown", "not known", "not specified"),
        *("not stated", "not disclosed", "not reported", "not provided", "no data", "no answer"),
        *("prefer not to say", "prefer not to answer", "prefer not to disclose", "declined"),
        *("decline to answer", "decline to state", "i do not wish to answer"),
    }
)
_NOT_RATED = frozenset(
    {
        *("nr", "n r", "not rated", "not yet rated", "unrated", "no rating", "not assessed"),
        *("not evaluated", "not applicable", "not observed", "cannot say", "can t say"),
        *("cannot rate", "unable to rate", "too new", "too new to rate", "tntr", "new hire"),
        *("new", "on leave", "leave", "insufficient time", "nicht bewertet", "nicht beurteilt"),
        *("noch nicht bewertet", "ohne bewertung", "non evalue", "non note", "pas evalue"),
        *("sin evaluar", "no evaluado", "sin calificar", "sin calificacion", "no aplica"),
        *("nao avaliado", "sem avaliacao", "nao se aplica", "belum dinilai", "tidak dinilai"),
        *("niet beoordeeld", "non valutato", "pending", "not available"),
    }
)
_SIGNS = re.compile(r"[$€£¥\s\u00a0\u202f'\u2019%]")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?", re.ASCII)
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+", re.ASCII)
_POINTS = re.compile(r"[-+]?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?", re.ASCII)
_LONGEST_NUMBER = 40
_LARGEST = 1e12  # more is no amount of anything, and squares of it leave the numbers

T = TypeVar("T")


def each(column: Sequence[str], read: Callable[[str], T]) -> list[T]:
    """Read every cell, each different one once."""
    understood = {cell: read(cell) for cell in set(column)}
    return list(map(understood.__getitem__, column))


def word(cell: str) -> str:
    """A plain word; words that stand for nothing become nothing."""
    bare = tidy(cell)
    return "" if bare.casefold() in _NOTHING else bare


def is_not_rated(bare: str) -> bool:
    return plain(bare) in _NOT_RATED


def numbers(words: Iterable[str]) -> dict[str, float]:
    """Those of a column's words that are numbers. All of them settle what a comma means."""
    bare = {word: _SIGNS.sub("", word) for word in words if len(word) <= _LONGEST_NUMBER}
    commas = [text for text in bare.values() if "," in text and "." not in text]
    groups = bool(commas) and all(map(_THOUSANDS.fullmatch, commas))
    read = {word: _number(text, comma_groups=groups) for word, text in bare.items()}
    return {word: value for word, value in read.items() if value is not None}


def _number(text: str, *, comma_groups: bool) -> float | None:
    if "," in text:
        comma_last = text.rfind(",") > text.rfind(".")
        if not comma_groups and comma_last and text.count(",") == 1:
            text = text.replace(".", "").replace(",", ".")
        elif comma_groups or not comma_last:
            text = text.replace(",", "")
    elif _POINTS.fullmatch(text):
        text = text.replace(".", "")
    value = float(text) if _NUMBER.fullmatch(text) else None
    return value if value is not None and abs(value) <= _LARGEST else None


def spellings(words: Iterable[str]) -> Mapping[str, str]:
    """The usual spelling of words that differ in capitals only."""
    alike: dict[str, Counter[str]] = {}
    for bare, count in Counter(words).items():
        alike.setdefault(bare.casefold(), Counter())[bare] += count
    usual = {key: max(found.items(), key=_frequency)[0] for key, found in alike.items()}
    return {bare: usual[key] for key, found in alike.items() for bare in found}


def _frequency(pair: tuple[str, int]) -> tuple[int, str]:
    return pair[1], pair[0]
