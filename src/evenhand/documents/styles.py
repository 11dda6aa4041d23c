"""The look of a page that stands on its own: the app's styles, and the fonts its words need."""

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache

from evenhand.documents.static_files import own

FONTS = "evenhand/css/fonts.css"
SHEETS = (
    "evenhand/css/tokens.css",
    "evenhand/css/base.css",
    "evenhand/css/layout.css",
    "evenhand/css/components.css",
    "evenhand/css/print.css",
    "documents/report.css",
)
FACE = re.compile(r"@font-face \{.*?\}", re.DOTALL)
RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")
ADDRESS = re.compile(r'url\("\.\./fonts/([\w.-]+)"\)')


def styles_for(text: str) -> str:
    """All styles in one piece, with the fonts for the characters of this text."""
    # The fonts come last: the first sheet says in which order the layers lie.
    return "\n".join((*map(_sheet, SHEETS), *_faces(set(map(ord, text)))))


def fingerprint(styles: str) -> str:
    """What a content security policy calls exactly these styles."""
    digest = hashlib.sha256(styles.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _faces(characters: set[int]) -> Iterator[str]:
    """The upright faces that hold any of the characters; a report has no italics."""
    for face in FACE.findall(_sheet(FONTS)):
        if "italic" not in face and _holds(face, characters):
            yield ADDRESS.sub(lambda found: f'url("{_embedded(found[1])}")', face)


def _holds(face: str, characters: set[int]) -> bool:
    ranges = RANGE.findall(face)
    return any(
        int(low, 16) <= character <= int(high or low, 16)
        for low, high in ranges
        for character in characters
    )


@cache
def _sheet(name: str) -> str:
    return own(name).read_text(encoding="utf-8")


@cache
def _embedded(name: str) -> str:
    font = own(f"evenhand/fonts/{name}").read_bytes()
    return f"data:font/woff2;base64,{base64.b64encode(font).decode()}"
