"""Texts made alike, so that they can be compared."""

import re
import unicodedata


def tidy(text: str) -> str:
    """One blank between words, none around, no invisible characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    visible = "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cc"} or c in "\t\n")
    return " ".join(unicodedata.normalize("NFC", visible).split())


def plain(text: str) -> str:
    """Lower case, accents away, camel case and punctuation to single blanks."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    bare = unicodedata.normalize("NFKD", parted)
    kept = "".join(c for c in bare if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^\w]+|_+", " ", kept).strip()


def squeezed(text: str) -> str:
    return plain(text).replace(" ", "")
