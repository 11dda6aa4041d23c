"""Taking names apart, and recognising the same name written another way."""

import re
import unicodedata
from functools import lru_cache

from evenhand.spreadsheets.words import tidy

_PARTICLE_WORDS = """
al bin binti da dal de del della den der di do dos du el la las le los ter van von zu zum y ibn mac
st saint
"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ð": "d",
        "þ": "th",
    }
)
_APOSTROPHES = re.compile("['`\u00b4\u2018\u2019\u02bc]")
_GAPS = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"(.*?)\s*[(\[]\s*([\w.\-]{1,40})\s*[)\]]\s*", re.DOTALL)


def split_name(text: str) -> tuple[str, str]:
    """Given and family name of “Family, Given” or “Given Family”; one word is a family name."""
    before, comma, after = tidy(text).partition(",")
    if comma:
        given = " ".join(after.replace(",", " ").split())
        return given, before.strip()
    words = before.split()
    if len(words) <= 1:
        return "", before
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


@lru_cache(maxsize=65536)
def name_key(given: str, family: str) -> tuple[str, ...]:
    """The words of a name without case, accents, punctuation and initials, in their order."""
    bare = _APOSTROPHES.sub("", f"{given} {family}").casefold()
    if not bare.isascii():
        folded = unicodedata.normalize("NFKD", bare)
        bare = "".join(c for c in folded if not unicodedata.combining(c)).translate(_LETTERS)
    words = _GAPS.sub(" ", bare).split()
    kept = tuple(word for word in words if len(word) > 1 or not word.isascii())
    return kept or tuple(words)


def key_of(text: str) -> tuple[str, ...]:
    return name_key(*split_name(text))


def name_with_number(text: str) -> tuple[str, str]:
    """“Ana Silva (10026)” as name and number; without brackets the number is empty."""
    match = _NUMBERED.fullmatch(text)
    return (match[1], match[2]) if match else (text, "")
