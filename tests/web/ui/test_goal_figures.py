from decimal import Decimal

import pytest

from evenhand.web.templatetags.goals import NOTHING_KNOWN, figure, percent


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("4.0000", "4"),
        ("4.3500", "4.35"),
        ("1250000.0000", "1,250,000"),
        ("-0.5000", "-0.5"),
        ("0.0000", "0"),
        ("100", "100"),
    ],
)
def test_a_value_is_written_without_the_zeros_it_was_kept_with(value, words):
    assert figure(Decimal(value)) == words


@pytest.mark.parametrize(
    ("share", "words"), [("0.625", "63%"), ("0", "0%"), ("1.000000", "100%"), ("12.5", "1,250%")]
)
def test_a_share_is_a_whole_percent_rounded_half_up(share, words):
    assert percent(Decimal(share)) == words


def test_nothing_known_is_not_nought():
    assert figure(None) == percent(None) == NOTHING_KNOWN
