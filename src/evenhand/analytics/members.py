"""Who stands behind what was told: people by their keys, each in a state, sealed into a text.

The state (16 bits, such as of a rating) stands behind the key of the person in one number.
"""

import base64
import zlib

import numpy as np
from numpy.typing import NDArray

Members = NDArray[np.int64]
STATE_BITS = 16


def members_of(persons: Members, states: Members) -> Members:
    return np.unique((persons << STATE_BITS) | states)


def persons_of(members: Members) -> Members:
    return members >> STATE_BITS


def seal(members: Members) -> str:
    """Sorted numbers are near each other: their steps take little room."""
    steps = np.diff(members, prepend=0).astype("<i8").tobytes()
    return base64.b64encode(zlib.compress(steps, 9)).decode("ascii")


def unseal(text: str) -> Members:
    steps = np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype="<i8")
    return np.cumsum(steps, dtype=np.int64)
