"""Why a number about raters or agreement is told with care, or not at all."""

from enum import StrEnum


class Reason(StrEnum):
    """The name is the code that others may translate; the value says it in English."""

    NONE = ""
    TOO_FEW = "There are too few of them for this number to be relied on."
    NO_SPREAD = "All ratings are the same, so there is nothing to compare."
    BELOW_ZERO = "The number came out below zero, which counts as none."
    NO_OTHERS = "There are no other raters to compare with."
