"""What shows that a check-in is true: files that are safe to keep, and links that lead to the web.

A file is known by its first bytes, not by what it is called: what a program could run in the
browser of whoever opens it is never taken. It is handed out as an attachment only.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from evenhand.goals.kinds import EvidenceKind
from evenhand.goals.models import CheckIn, Evidence
from evenhand.kernel.sealed_files import SealedFile, file_content, keep_file
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict

FOLDER = "evidence"
MOST_BYTES = 10 * 1024 * 1024
MOST_AT_ONCE = 5
LONGEST_NAME, LONGEST_LINK = 200, 500
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"

# Ending, media type, and what such a file begins with (nothing for plain text).
TYPES: dict[str, tuple[str, tuple[bytes, ...]]] = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".gif": ("image/gif", (b"GIF87a", b"GIF89a")),
    ".docx": (f"{OFFICE}.wordprocessingml.document", (ZIP,)),
    ".xlsx": (f"{OFFICE}.spreadsheetml.sheet", (ZIP,)),
    ".pptx": (f"{OFFICE}.presentationml.presentation", (ZIP,)),
    ".odt": (f"{OPEN}.text", (ZIP,)),
    ".ods": (f"{OPEN}.spreadsheet", (ZIP,)),
    ".odp": (f"{OPEN}.presentation", (ZIP,)),
    ".doc": ("application/msword", (OLD_OFFICE,)),
    ".xls": ("application/vnd.ms-excel", (OLD_OFFICE,)),
    ".txt": ("text/plain", ()),
    ".csv": ("text/csv", ()),
}

TYPE_NOT_TAKEN = Verdict(
    "type_not_taken",
    _("This kind of file is not taken. Bring a PDF, a picture, a document, a sheet or plain text."),
    Ground.WHAT,
)
FILE_TOO_LARGE = Verdict(
    "file_too_large",
    _("A file can have 10 MB at most. Make it smaller, or link to it."),
    Ground.WHAT,
)
FILE_EMPTY = Verdict("file_empty", _("This file is empty. Choose another one."), Ground.WHAT)
LINK_NOT_TAKEN = Verdict(
    "link_not_taken", _("A link begins with https:// or http:// and names a place."), Ground.WHAT
)
TOO_MANY = Verdict("too_many", _("A check-in can have five files and links at most."), Ground.WHAT)
FILE_OR_LINK = Verdict("file_or_link", _("Bring a file or give a link, not both."), Ground.WHAT)


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file that somebody brings as evidence."""

    name: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A file, or else a link; a link may have a name to show."""

    name: str = ""
    url: str = ""
    file: BroughtFile | None = None


def may_show(new: NewEvidence) -> Verdict:
    """Whether this can be kept as evidence."""
    if (new.file is None) == (not new.url):
        return FILE_OR_LINK
    return may_link(new.url) if new.file is None else may_bring(new.file)


def may_bring(file: BroughtFile) -> Verdict:
    """Whether a file is of a kind that is taken, by its name and by how it begins."""
    if not file.raw:
        return FILE_EMPTY
    if len(file.raw) > MOST_BYTES:
        return FILE_TOO_LARGE
    _media_type, beginnings = TYPES.get(_ending(file.name), ("", (b"\0never",)))
    if not beginnings:
        return TYPE_NOT_TAKEN if b"\0" in file.raw else ALLOWED
    return ALLOWED if file.raw.startswith(beginnings) else TYPE_NOT_TAKEN


def may_link(url: str) -> Verdict:
    """Whether a link leads to a page: nothing that a browser would run, nobody's password."""
    try:
        parts = urlsplit(url)
        is_page = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    except ValueError:
        return LINK_NOT_TAKEN
    is_odd = len(url) > LONGEST_LINK or any(
        sign.isspace() or not sign.isprintable() for sign in url
    )
    return ALLOWED if is_page and not is_odd else LINK_NOT_TAKEN


def keep_evidence(check_in: CheckIn, new: NewEvidence) -> Evidence:
    """Keep what `may_show` allows."""
    if new.file is None:
        name = (new.name or new.url)[:LONGEST_NAME]
        return Evidence.objects.create(
            check_in=check_in, kind=EvidenceKind.LINK, name=name, url=new.url
        )
    sealed = keep_file(new.file.raw, folder=FOLDER)
    return Evidence.objects.create(
        check_in=check_in,
        kind=EvidenceKind.FILE,
        name=_plain_name(new.file.name),
        stored_as=sealed.name,
        key=sealed.key,
        media_type=TYPES[_ending(new.file.name)][0],
        size=len(new.file.raw),
    )


def content_of(evidence: Evidence) -> bytes:
    """The file as it was brought."""
    return file_content(SealedFile(evidence.stored_as, evidence.key))


def _ending(name: str) -> str:
    return PurePosixPath(name.lower()).suffix


def _plain_name(name: str) -> str:
    """The name without folders and without what does not print, cut before its ending."""
    last = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())
    ending = _ending(last)
    return last[: -len(ending)][: LONGEST_NAME - len(ending)] + ending
