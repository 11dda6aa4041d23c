"""One thread for linear algebra while a model is fitted.

The threads of OpenBLAS wait for each other by spinning. A factorisation makes them wait many
times, and where other programs want the same cores each wait lasts a turn of theirs: on a busy
machine two threads were measured to be ten times slower than one, on a quiet one no faster.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from types import ModuleType

import numpy as np
import scipy

NAMES = ("scipy_openblas_{}_num_threads", "scipy_openblas_{}_num_threads64_")

_lock = Lock()
_inside = 0
_before: list[int] = []


@contextmanager
def one_thread() -> Iterator[None]:
    """Until the last one inside leaves; elsewhere than with bundled OpenBLAS it does nothing."""
    _enter()
    try:
        yield
    finally:
        _leave()


def _enter() -> None:
    global _inside  # noqa: PLW0603  # the number of threads is the process's own, too
    with _lock:
        _inside += 1
        if _inside == 1:
            _before[:] = [get() for get, _set in _libraries()]
            for _get, set_to in _libraries():
                set_to(1)


def _leave() -> None:
    global _inside  # noqa: PLW0603  # as above
    with _lock:
        _inside -= 1
        if _inside == 0:
            for (_get, set_to), threads in zip(_libraries(), _before, strict=True):
                set_to(threads)


@cache
def _libraries() -> tuple[tuple[Callable[[], int], Callable[[int], object]], ...]:
    """How to ask and to set the number of threads of the libraries numpy and scipy brought."""
    found = []
    for package in (np, scipy):
        for path in _bundled(package):
            library = ctypes.CDLL(str(path))
            for name in NAMES:
                get = getattr(library, name.format("get"), None)
                set_to = getattr(library, name.format("set"), None)
                if get is not None and set_to is not None:
                    found.append((get, set_to))
    return tuple(found)


def _bundled(package: ModuleType) -> list[Path]:
    folder = Path(str(package.__file__)).parent.parent / f"{package.__name__}.libs"
    return sorted(folder.glob("libscipy_openblas*"))
