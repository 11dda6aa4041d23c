"""What a reader has to know about the columns it may meet; whoever asks for a table says it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which column names are known, which beyond doubt, and which hold protected facts.

    `example` names a few columns such a file would have. Values of protected columns are never
    repeated in a problem.
    """

    knows: Callable[[str], bool]
    is_certain: Callable[[str], bool]
    is_protected: Callable[[str], bool]
    example: str
