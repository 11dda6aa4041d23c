"""What the words of a goal give away: vague verbs, two outcomes in one, activities, copies.

English only. A hint is never a verdict: it names the words it means and leaves the rest to people.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

FEWEST_WORDS = 6
NEAR_COPY = 0.8

VAGUE = (
    "improve", "support", "help", "ensure", "optimise", "optimize", "enhance", "assist",
    "facilitate", "contribute", "strengthen", "promote", "foster", "address",
    "participate", "as needed", "as required", "as appropriate", "where possible", "etc",
    "and so on", "as soon as possible", "better", "try to", "work on", "look into",
)  # fmt: skip

OUTCOME_VERBS = (
    "achieve", "add", "answer", "bring", "build", "close", "complete", "create", "cut", "decrease",
    "deliver", "double", "earn", "finish", "gain", "grow", "halve", "hold", "increase", "introduce",
    "keep", "launch", "lift", "lower", "make", "move", "open", "pass", "publish", "raise", "reach",
    "reduce", "release", "remove", "renew", "replace", "resolve", "save", "sell", "ship", "shorten",
    "shrink", "speed", "stabilize", "train", "win", "improve", "enhance", "ensure", "support",
    "optimise", "optimize",
)  # fmt: skip

ACTIVITY_VERBS = (
    "arrange", "attend", "call", "chair", "check", "conduct", "discuss", "do", "give", "host",
    "join", "meet", "monitor", "organise", "organize", "participate", "perform", "plan", "prepare",
    "present", "review", "run", "schedule", "send", "talk", "visit", "write",
)  # fmt: skip

# A sentence with one of these says what becomes different.
DIFFERENCES = (
    "above", "below", "fewer", "faster", "less", "more", "sooner", "than", "until", "within",
    "without",
)  # fmt: skip

OCCASIONS = (
    "appointment", "call", "conference", "course", "email", "e-mail", "event", "interview",
    "meeting", "newsletter", "post", "presentation", "report", "session", "seminar", "training",
    "visit", "webinar", "workshop",
)  # fmt: skip

_NUMBER = re.compile(r"\d")
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_JOINS = re.compile(r"\s(?:and|or|as well as|while also|plus)\s|;", re.IGNORECASE)
_SAME_THING = re.compile(
    r"\b(?:health and safety|pros and cons|profit and loss|terms and conditions|supply and demand"
    r"|research and development|wear and tear|between \S+ and \S+|mergers and acquisitions)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of the shorter text's word pairs stand in the other one, 0 to 1."""

    share: float

    @property
    def is_near_copy(self) -> bool:
        return self.share >= NEAR_COPY


def words_of(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def vague_words(text: str) -> list[str]:
    """The words that say too little to know when the goal is reached, in the order of the list."""
    plain = f" {' '.join(words_of(text))} "
    return [word for word in VAGUE if f" {word} " in plain]


def second_outcome(text: str) -> str:
    """What seems to be a second outcome joined to the first; empty if there is one.

    A joint counts when an outcome verb follows it, or when figures stand on both sides of it.
    """
    plain = _SAME_THING.sub(" ", text)
    for joint in _JOINS.finditer(plain):
        before, after = plain[: joint.start()], plain[joint.end() :]
        follows = words_of(after)[:1]
        has_figures = _NUMBER.search(before) and _NUMBER.search(after)
        if (follows and follows[0] in OUTCOME_VERBS) or has_figures:
            return after.strip()
    return ""


def is_activity(text: str) -> bool:
    """Whether a text says what somebody does, such as holding meetings, not what comes of it."""
    words = words_of(text)
    if not words or any(word in DIFFERENCES for word in words):
        return False
    first, rest = words[0], words[1:]
    counted = any(_is_occasion(word) for word in rest[:4])
    return first in ACTIVITY_VERBS or (counted and first in ("hold", "have", "complete", "make"))


def likeness(text: str, other: str) -> Likeness:
    """How alike two texts are, whatever else the longer one says.

    Texts of one word are alike when they are the same.
    """
    pairs, others = _pairs(text), _pairs(other)
    if not pairs or not others:
        return Likeness(float(bool(words_of(text)) and words_of(text) == words_of(other)))
    return Likeness(len(pairs & others) / min(len(pairs), len(others)))


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(words_of(text)))


def _is_occasion(word: str) -> bool:
    return word in OCCASIONS or word.removesuffix("s") in OCCASIONS
