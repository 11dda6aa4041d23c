"""How names are compared: without accents, case or hyphens, word by word from its beginning."""

import re
from unicodedata import combining, normalize

LONGEST = 600
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
_JOINED = re.compile("['`\u00b4\u02bc\u2018\u2019\x00]+")
_APART = re.compile(r"[^\w@.+]+")


def plain_words(text: str) -> list[str]:
    """The words of a text as they are compared."""
    joined = _JOINED.sub("", text).casefold()
    if not joined.isascii():
        letters = normalize("NFKD", joined)
        joined = "".join(letter for letter in letters if not combining(letter))
    return [word for word in _APART.split(joined.translate(_LETTERS)) if word]


def searchable(*texts: str) -> str:
    """One text to search in. Every word in it follows a blank, so that beginnings can be found."""
    words = plain_words(" ".join(texts))
    return "".join(f" {word}" for word in words)[:LONGEST]
