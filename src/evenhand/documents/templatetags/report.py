"""How tones look: a class on a screen, an ink in a drawing, which styles on paper do not reach."""

from django import template
from django.utils.formats import number_format

from evenhand.analytics.report import Tone
from evenhand.documents.cells import LOOKS
from evenhand.documents.charts import Stripe

register = template.Library()

INKS = {
    Tone.PLAIN: "#565f6b",
    Tone.SOFT: "#8f897a",
    Tone.GOOD: "#2b6e45",
    Tone.LOOK: "#7d5105",
    Tone.BAD: "#a3261b",
}
PART_INKS = ("#0b5e5a", "#37499b", "#8f897a", "#565f6b")


@register.filter
def counted(number: int) -> str:
    """A count with its thousands apart."""
    return str(number_format(number, force_grouping=True))


@register.filter
def look(tone: Tone) -> str:
    """The class of a tone."""
    return LOOKS[tone]


@register.filter
def ink(tone: Tone) -> str:
    return INKS[tone]


@register.filter
def bar_ink(tone: Tone) -> str:
    """A bar that means nothing in particular has the ink of the house."""
    return PART_INKS[0] if tone == Tone.PLAIN else INKS[tone]


@register.filter
def part_ink(stripe: Stripe) -> str:
    """A part of a whole has an ink of its own, unless it means something."""
    tone = stripe.bar.tone
    return PART_INKS[_place(stripe)] if tone == Tone.PLAIN else INKS[tone]


@register.filter
def part_look(stripe: Stripe) -> str:
    return LOOKS[stripe.bar.tone] or f"part-{_place(stripe) + 1}"


def _place(stripe: Stripe) -> int:
    return (stripe.number - 1) % len(PART_INKS)
