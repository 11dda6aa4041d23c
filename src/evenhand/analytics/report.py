"""What a report says, apart from how it looks: the same for a page, a PDF and a workbook.

Texts are finished sentences in the reader's language; numbers stand beside their text, so that a
workbook can calculate with them.
"""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a number or a finding wants to be seen."""

    PLAIN = "plain"
    SOFT = "soft"
    GOOD = "good"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text and, where it is one, the number behind it."""

    text: str
    number: float | None = None
    tone: Tone = Tone.PLAIN
    is_tag: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    is_number: bool = False
    meaning: str = ""

    @classmethod
    def of_numbers(cls, label: str, meaning: str = "") -> "Column":
        return cls(label, is_number=True, meaning=meaning)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. A page shows the first rows and folds the rest away."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    shown_first: int = 20


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs."""

    paragraphs: tuple[str, ...]
    title: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Explained:
    """How a number came about: its formula, what went in, and from how many."""

    formula: str
    inputs: tuple[tuple[str, str], ...]
    n: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A number worth a place at the top."""

    label: str
    value: str
    note: str
    explained: Explained | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of an interval chart."""

    label: str
    detail: str
    low: float
    middle: float
    high: float
    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class IntervalChart:
    """Estimates with intervals around a reference value; the table says the same."""

    title: str
    marks: tuple[Mark, ...]
    reference: float
    low_label: str
    reference_label: str
    high_label: str
    note: str
    table: Table


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: float
    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class BarChart:
    """Lengths to compare; `whole` is the value of a full bar. The table says the same.

    Bars that are the parts of one whole (`is_split`) are also drawn one after the other.
    """

    title: str
    bars: tuple[Bar, ...]
    whole: float
    note: str
    table: Table
    is_split: bool = False


@dataclass(frozen=True, slots=True)
class NotSaid:
    """Something the report refuses to say, why, and what would make it possible."""

    what: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something worth an action, with the evidence for it."""

    text: str
    action: str
    evidence: str
    tone: Tone = Tone.LOOK


@dataclass(frozen=True, slots=True)
class Findings:
    findings: tuple[Finding, ...]


Block = Words | Table | IntervalChart | BarChart | NotSaid | Findings | Explained


@dataclass(frozen=True, slots=True)
class Section:
    """A question, its answer in one or two sentences, and what the answer rests on."""

    key: str
    question: str
    answer: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole of it, in reading order."""

    title: str
    about: str
    made_on: str
    tiles: tuple[Tile, ...]
    sections: tuple[Section, ...]
    methods: tuple[Words, ...]
    limits: tuple[str, ...]
    sources: tuple[str, ...] = ()
