"""How names are compared: without accents, case or hyphens, word by word from its beginning."""

import re
from unicodedata import combining, normalize

LONGEST = 600
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_JOINED = re.compile(r"['’`´\x00]+")
_APART = re.compile(r"[\s\-‐‑–—/,;()\"]+")


def plain_words(text: str) -> list[str]:
    """The words of a text as they are compared."""
    letters = normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not combining(letter)).translate(_LETTERS)
    return [word for word in _APART.split(_JOINED.sub("", bare)) if word]


def searchable(*texts: str) -> str:
    """One text to search in. Every word in it follows a blank, so that beginnings can be found."""
    words = plain_words(" ".join(texts))
    return "".join(f" {word}" for word in words)[:LONGEST]
