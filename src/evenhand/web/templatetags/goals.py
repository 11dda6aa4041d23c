"""How figures and shares of goals are written on a page."""

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()

HUNDRED, WHOLE = Decimal(100), Decimal(1)
NOTHING_KNOWN = "\N{EN DASH}"


@register.filter
def figure(value: Decimal | None) -> str:
    """A measured or wanted value without the zeros it was kept with: 1,250 or 4.35."""
    if value is None:
        return NOTHING_KNOWN
    kept = value.normalize().as_tuple().exponent
    digits = max(0, -kept) if isinstance(kept, int) else 0
    return number_format(value, decimal_pos=digits, use_l10n=True, force_grouping=True)


@register.filter
def percent(share: Decimal | None) -> str:
    """A share as a whole percent, half up; nothing known is not nought."""
    if share is None:
        return NOTHING_KNOWN
    whole = (share * HUNDRED).quantize(WHOLE, ROUND_HALF_UP)
    return f"{number_format(whole, decimal_pos=0, use_l10n=True, force_grouping=True)}%"
