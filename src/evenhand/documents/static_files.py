"""The styles and fonts that came with the project, by their names."""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

OWN = ("evenhand", "documents")


@cache
def own(name: str) -> Path:
    """A static file, or a folder of them, where it lies on this machine."""
    found = finders.find(name)
    if not isinstance(found, str):
        message = f"There is no static file {name}; is its app installed?"
        raise FileNotFoundError(message)
    return Path(found).resolve()


def is_own(path: Path) -> bool:
    return any(path.is_relative_to(own(name)) for name in OWN)
