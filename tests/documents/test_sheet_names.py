from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.documents.sheet_names import LONGEST, SheetNames


@settings(max_examples=100)
@given(st.lists(st.text(max_size=40), max_size=12))
def test_names_are_legal_and_each_is_given_once(wanted):
    names = SheetNames()

    given_names = [names.legal(name) for name in wanted]

    assert len({name.casefold() for name in given_names}) == len(given_names)
    for name in given_names:
        assert 0 < len(name) <= LONGEST
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")


def test_a_name_stays_as_near_as_it_can():
    names = SheetNames()

    assert names.legal("2 Raters: strict/lenient?") == "2 Raters strict lenient"
    assert names.legal("2 raters strict lenient") == "2 raters strict lenient (2)"
    assert names.legal("History") == "History (2)"
