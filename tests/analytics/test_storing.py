import types
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import get_args, get_origin, get_type_hints

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.analytics.report import Cell, Report, Table
from evenhand.analytics.storing import report_from_text, report_to_text
from tests.factories.reports import empty_report, make_report, report_of

PLAIN = {
    str: st.text(max_size=5),
    int: st.integers(-9, 9),
    bool: st.booleans(),
    float: st.floats(allow_nan=False),
}


def anything(hint):
    """A strategy for whatever a report may hold, read off its dataclasses."""
    if hint in PLAIN:
        return PLAIN[hint]
    if hint is types.NoneType:
        return st.none()
    inner = get_args(hint)
    if get_origin(hint) is tuple:
        if inner[-1] is Ellipsis:
            return st.lists(st.deferred(lambda: anything(inner[0])), max_size=2).map(tuple)
        return st.tuples(*map(anything, inner))
    if inner:
        return st.one_of([st.deferred(lambda one=one: anything(one)) for one in inner])
    return of_class(hint)


def of_class(kind):
    if issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    assert is_dataclass(kind)
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: anything(hints[field.name]) for field in fields(kind)})


@settings(max_examples=25)
@given(of_class(Report))
def test_every_report_comes_back_as_it_was(report):
    assert report_from_text(report_to_text(report)) == report


@pytest.mark.parametrize("report", [make_report(), empty_report()], ids=["usual", "empty"])
def test_a_real_report_comes_back_as_it_was(report):
    assert report_from_text(report_to_text(report)) == report


def test_numbers_of_numpy_become_plain_numbers():
    table = Table("", (), ((Cell("3", np.int64(3)), Cell("0.5", np.float64(0.5))),))

    (section,) = report_from_text(report_to_text(report_of(table))).sections

    assert section.blocks[0].rows[0][0].number == 3


def test_what_is_no_report_is_refused():
    with pytest.raises((KeyError, TypeError)):
        report_from_text('{"title": "half a report"}')
