"""Asking once what a page would otherwise ask several times over.

Several policies about one thing look up the same. While a page is only looked at nothing changes,
so what was found the first time still holds. Actions never remember: what they ask may have
changed the moment before.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_KNOWN: ContextVar[dict[object, Any] | None] = ContextVar("known", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within this, functions marked `looked_up_once` are asked once for the same arguments."""
    token = _KNOWN.set({})
    try:
        yield
    finally:
        _KNOWN.reset(token)


def looked_up_once(function: Callable[[*Ts], T]) -> Callable[[*Ts], T]:
    """Mark a lookup, whose arguments can be told apart, as one worth remembering on a page."""

    @wraps(function)
    def asked(*args: *Ts) -> T:
        known = _KNOWN.get()
        if known is None:
            return function(*args)
        key = (function, args)
        if key not in known:
            known[key] = function(*args)
        found: T = known[key]
        return found

    return asked
