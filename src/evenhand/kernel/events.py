"""Announcements to whoever listens, made only once the facts are safely stored."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

E = TypeVar("E")

_listeners: defaultdict[type, list[Callable[[Any], None]]] = defaultdict(list)


def listen(event: type[E], listener: Callable[[E], None]) -> None:
    """Hear every announcement of this kind; called once per listener, in an `apps.py`."""
    if listener not in _listeners[event]:
        _listeners[event].append(listener)


def announce(event: object) -> None:
    """Tell the listeners after the transaction has committed, or never if it does not."""
    for listener in _listeners[type(event)]:
        transaction.on_commit(partial(listener, event))
