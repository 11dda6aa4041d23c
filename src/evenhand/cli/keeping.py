"""Several files written together: all of them, or none."""

import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path


class Unwritable(Exception):
    """A file that cannot be written; the message says why."""


def check_places(places: Sequence[Path], *, source: Path) -> None:
    """Refuse places that are taken twice, are the file we read, or cannot hold a file."""
    seen = {source.resolve(): "the file you audit"}
    for place in places:
        there = place.resolve()
        if there in seen:
            message = f"{place} is {seen[there]}. Please name another file."
            raise Unwritable(message)
        if there.is_dir() or not there.parent.is_dir() or not os.access(there.parent, os.W_OK):
            message = f"We cannot write {place}. Please name a file in a folder of yours."
            raise Unwritable(message)
        if there.exists() and source.exists() and there.samefile(source):
            message = f"{place} is the file you audit. Please name another file."
            raise Unwritable(message)
        seen[there] = "named twice"


def keep_all(contents: Mapping[Path, bytes]) -> None:
    """Write every file beside its place first; only when all stand are they moved there."""
    waiting: dict[Path, Path] = {}
    try:
        for place, content in contents.items():
            waiting[place] = _written_beside(place.resolve(), content)
        for place, beside in waiting.items():
            beside.replace(place.resolve())
    except OSError as failed:
        message = f"We could not write {failed.filename or 'the files'}: {failed.strerror}."
        raise Unwritable(message) from failed
    finally:
        for beside in waiting.values():
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def _written_beside(place: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    beside = Path(name)
    beside.chmod(0o600)  # a report on people is for whoever asked for it
    return beside
