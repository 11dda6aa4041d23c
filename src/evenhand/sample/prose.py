"""Turns a skeleton into a paragraph.

`[a|b]` takes one of several wordings, `{3-7}` draws a figure, `{w3-7}` the same in words, `{slot}`
takes a phrase, and `{Slot}` the same at the beginning of a sentence.
"""

import re
from collections.abc import Mapping
from random import Random

WORDS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
)

_WORDINGS = re.compile(r"\[([^\[\]]*)\]")
_FIGURE = re.compile(r"\{(w?)([\d.]+)-([\d.]+)\}")
_SLOT = re.compile(r"\{([A-Za-z_]+\d?)\}")
_BLANKS = re.compile(r"  +")

PRONOUNS: Mapping[str, Mapping[str, str]] = {
    "she": {"they": "she", "them": "her", "their": "her", "themself": "herself"},
    "he": {"they": "he", "them": "him", "their": "his", "themself": "himself"},
    "they": {"they": "they", "them": "them", "their": "their", "themself": "themself"},
}
_ONE = {"s": "s", "es": "es", "is": "is", "was": "was", "has": "has"}
_SEVERAL = {"s": "", "es": "", "is": "are", "was": "were", "has": "have"}


def about(pronouns: str) -> dict[str, str]:
    """The slots for someone spoken about, with the endings their verbs take."""
    return {**PRONOUNS[pronouns], **(_SEVERAL if pronouns == "they" else _ONE)}


def settle(skeleton: str, rng: Random) -> str:
    """Choose the wordings and draw the figures; phrases stay open."""

    def wording(match: re.Match[str]) -> str:
        return rng.choice(str(match[1]).split("|"))

    def figure(match: re.Match[str]) -> str:
        return _figure(match[2], match[3], rng, in_words=bool(match[1]))

    if "[" in skeleton:
        skeleton = _WORDINGS.sub(wording, skeleton)
    return _FIGURE.sub(figure, skeleton)


def fill(skeleton: str, slots: Mapping[str, str]) -> str:
    """Put phrases in; a phrase may hold slots of its own."""

    def phrase(match: re.Match[str]) -> str:
        name = match[1]
        if name in slots:
            return slots[name]
        text = slots[name.lower()]
        return text[:1].upper() + text[1:]

    filled = skeleton
    while "{" in filled:
        filled = _SLOT.sub(phrase, filled)
    return _BLANKS.sub(" ", filled).strip()


def _figure(low: str, high: str, rng: Random, *, in_words: bool) -> str:
    if "." in low:
        places = len(low.partition(".")[2])
        return f"{rng.uniform(float(low), float(high)):.{places}f}"
    number = rng.randint(int(low), int(high))
    return WORDS[number] if in_words else f"{number:,}"
