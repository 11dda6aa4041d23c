"""Numbers as people read them, in their language: few digits, a sign where it matters."""

import math

from django.utils.formats import number_format
from django.utils.translation import gettext as _

MINUS = "\u2212"
SMALL_P = 0.001
SMALL_SHARE = 0.1


def count(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


def points(value: float, digits: int = 2) -> str:
    """Points of a scale, such as 0.47; a minus is a minus sign and zero has none."""
    text = _rounded(abs(value), digits)
    is_zero = round(abs(value), digits) == 0
    return f"{MINUS}{text}" if value < 0 and not is_zero else text


def signed(value: float, digits: int = 2) -> str:
    """A difference, such as +0.47."""
    text = points(value, digits)
    return f"+{text}" if value > 0 and round(value, digits) else text


def percent(share: float) -> str:
    """A share, such as 62 % or, of little, 0.4 %."""
    of_hundred = 100 * share
    digits = 1 if 0 < of_hundred < 10 else 0  # noqa: PLR2004  # one digit says enough above ten
    if 0 < of_hundred < SMALL_SHARE:
        return _("under 0.1%")
    return f"{_rounded(of_hundred, digits)}%"


def probability(p: float) -> str:
    """A p-value, such as .031; never 0."""
    if math.isnan(p):
        return "\N{EM DASH}"
    if p < SMALL_P:
        return _("under .001")
    digits = 2 if p >= 0.1 else 3  # noqa: PLR2004  # two figures that mean something
    return _rounded(p, digits).removeprefix("0")


def between(low: float, high: float, digits: int = 2) -> str:
    """An interval, such as 0.41 to 0.81."""
    return _("%(low)s to %(high)s") % {"low": points(low, digits), "high": points(high, digits)}


def _rounded(value: float, digits: int) -> str:
    """Django's own formatting cuts digits off where people expect them rounded."""
    return number_format(f"{value:.{digits}f}", decimal_pos=digits)
