"""From bytes to text, whatever they were written in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenhand.spreadsheets.tables import UnusableFile

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_LOOKED_AT = 4_096
_TEXT_CONTROLS = frozenset("\t\n\r\x0b\x0c\x1a\x85")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and what had to be assumed to get at it."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(raw: bytes) -> Decoded:
    body, encoding = _marked(raw)
    try:
        decoded = Decoded(body.decode(encoding or _guessed(body)), encoding or _guessed(body))
    except UnicodeDecodeError:
        decoded = _western(body)
    return _readable(decoded)


def _marked(raw: bytes) -> tuple[bytes, str]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :], encoding
    return raw, ""


def _guessed(body: bytes) -> str:
    """Without a mark: text of two bytes a letter has every second byte empty."""
    start = body[:_LOOKED_AT]
    half = max(len(start) // 2, 1)
    if start[1::2].count(0) > half * 0.6 and start[::2].count(0) < half * 0.1:
        return "utf-16-le"
    if start[::2].count(0) > half * 0.6 and start[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return "utf-8"


def _western(body: bytes) -> Decoded:
    try:
        text = body.decode("cp1252")
    except UnicodeDecodeError as unreadable:
        raise _not_text() from unreadable
    note = _(
        "The file is not in UTF-8, so we read it as Western European (Windows-1252)."
        " Please look at names with accents. Saving as “CSV UTF-8” avoids the question."
    )
    return Decoded(text, "cp1252", (note,))


def _readable(decoded: Decoded) -> Decoded:
    text = decoded.text
    start = text[:_LOOKED_AT]
    strange = sum(1 for c in start if c < " " and c not in _TEXT_CONTROLS)
    if strange > max(3, len(start) // 100):
        raise _not_text()
    if "\0" not in text:
        return decoded
    note = _("The file held empty bytes (NUL). We left them out.")
    return Decoded(text.replace("\0", ""), decoded.encoding, (*decoded.notes, note))


def _not_text() -> UnusableFile:
    return UnusableFile(
        code="not_text",
        message=_(
            "This does not look like a table in text form. Please save it as “CSV UTF-8” or as"
            " an Excel workbook (.xlsx) and try again."
        ),
    )
