"""Announcements to whoever listens, made only once the facts are safely stored."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import transaction

E = TypeVar("E")

_listeners: defaultdict[type, list[Callable[[Any], None]]] = defaultdict(list)


_hushed: ContextVar[bool] = ContextVar("hushed", default=False)


@contextmanager
def hushed() -> Iterator[None]:
    """Announce nothing meanwhile: for what is brought in as having happened long ago."""
    token = _hushed.set(True)
    try:
        yield
    finally:
        _hushed.reset(token)


def listen(event: type[E], listener: Callable[[E], None]) -> None:
    """Hear every announcement of this kind; called once per listener, in an `apps.py`."""
    if listener not in _listeners[event]:
        _listeners[event].append(listener)


def announce(event: object) -> None:
    """Tell the listeners after the transaction has committed, or never if it does not.

    What is stored is stored: a listener that fails is logged, and the others still hear.
    """
    if _hushed.get():
        return
    for listener in _listeners[type(event)]:
        transaction.on_commit(_telling(listener, event), robust=True)


def _telling(listener: Callable[[Any], None], event: object) -> Callable[[], None]:
    # A function, since the log names what failed and a `partial` has no name.
    def tell() -> None:
        listener(event)

    return tell
