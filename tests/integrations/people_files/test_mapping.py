import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.integrations.people_files.kinds import ManagerNotFound
from evenhand.integrations.people_files.mapping import Mapping, UnusableMapping
from evenhand.people.columns import Field
from evenhand.spreadsheets.dates import DateStyle

names = st.text(min_size=1, max_size=20)
styles = st.lists(st.sampled_from(sorted(DateStyle)), max_size=3).map(tuple)
mappings = st.builds(
    lambda columns, dates, absent: Mapping({n: f for f, n in columns.items()}, dates, absent),
    st.dictionaries(st.sampled_from(sorted(Field)), names, min_size=1).map(
        lambda d: {f: f"{n} {f}" for f, n in d.items()}
    ),
    st.dictionaries(names, styles, max_size=3),
    st.sampled_from(sorted(ManagerNotFound)),
)


@given(mappings)
def test_a_mapping_comes_back_from_its_file_as_it_was(mapping):
    assert Mapping.from_text(mapping.to_text()) == mapping


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["columns", "date_styles", "manager_not_found", "version", "x"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=8,
    )
)
def test_any_json_is_a_mapping_or_refused(said):
    assert is_mapping_or_refused(said)


def is_mapping_or_refused(said):
    try:
        return isinstance(Mapping.from_json(said), Mapping)
    except UnusableMapping as refusal:
        return bool(str(refusal))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"columns": {}}',
        '{"columns": {"A": "number", "B": "number"}}',
        '{"columns": {"A": "shoe_size"}}',
        '{"columns": {"A": "number"}, "version": 99}',
        '{"columns": {"A": "hired_on"}, "date_styles": {"A": "day"}}',
    ],
)
def test_a_broken_mapping_says_why(text):
    with pytest.raises(UnusableMapping, match=r"\w"):
        Mapping.from_text(text)


def test_a_column_takes_over_a_meaning():
    mapping = Mapping({"ID": Field.NUMBER, "Code": Field.GRADE}).with_column("Code", Field.NUMBER)

    assert mapping.columns == {"Code": Field.NUMBER}
    assert mapping.column_for(Field.NUMBER) == "Code"
    assert not mapping.says(Field.GRADE)
