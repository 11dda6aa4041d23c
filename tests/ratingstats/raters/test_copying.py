import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.raters.copying import alike_texts, identical_forms
from ratingstats.reasons import Reason
from ratingstats.status import Status

PRAISE = (
    "Worked steadily through the migration and kept every team informed of what changed and why "
    "it did so that nobody was surprised on the day itself"
)
words = st.lists(st.sampled_from("abcdef"), min_size=0, max_size=14).map(" ".join)


def runs(text):
    parts = text.split()
    return {tuple(parts[start : start + 5]) for start in range(len(parts) - 4)}


def one_by_one(texts):
    """The plain way: every pair of texts with five words or more."""
    sets = [runs(text) for text in texts]
    return tuple(
        (i, j)
        for j in range(len(texts))
        for i in range(j)
        if sets[i] and sets[j] and len(sets[i] & sets[j]) >= 0.8 * len(sets[i] | sets[j]) - 1e-9
    )


@settings(max_examples=80)
@given(st.lists(words, min_size=5, max_size=14))
def test_what_is_found_is_what_comparing_every_pair_finds(texts):
    found = alike_texts(texts)
    if found.shared.status is Status.MEASURED:
        assert found.listed == tuple(sorted(one_by_one(texts)))
        assert found.shared.pairs == len(found.listed)
    assert found.shared.n == len(texts) - found.too_short


def test_a_text_with_one_word_changed_at_its_end_is_alike():
    texts = [
        PRAISE,
        PRAISE.replace("itself", "alone"),
        "Runs the shop floor with care and asks before she changes a shift",
        "Closed forty cases in spring and wrote down what each had in common",
        "Taught two newcomers the whole ledger and checked their first month",
    ]

    found = alike_texts(texts)

    assert found.listed == ((0, 1),)
    assert (found.shared.pairs, found.shared.of) == (1, 10)
    assert not found.shared.is_flagged


def test_case_and_punctuation_do_not_hide_a_copy():
    texts = [PRAISE, PRAISE.upper() + ".", PRAISE.replace(" and ", ", and "), PRAISE, "Fine"]

    found = alike_texts([*texts, PRAISE])

    assert found.shared.pairs == 10
    assert found.too_short == 1
    assert found.shared.is_flagged


def test_four_texts_are_too_few():
    assert alike_texts([PRAISE] * 4).shared.reason is Reason.TOO_FEW


def test_thousands_of_texts_are_compared_and_the_list_of_pairs_ends():
    rng = np.random.default_rng(1)
    texts = [" ".join(map(str, rng.integers(3000, size=60))) for _ in range(2000)]
    texts += [texts[0]] * 200

    found = alike_texts(texts)

    assert found.shared.pairs == 201 * 200 // 2
    assert len(found.listed) == 10_000


def test_the_same_form_for_most_people_is_flagged():
    forms = np.vstack([np.full((6, 3), 3), [[1, 2, 3], [4, 3, 2]]])

    found = identical_forms(forms)

    assert (found.pairs, found.of) == (15, 28)
    assert found.is_flagged


def test_forms_with_a_gap_are_left_out_and_four_are_too_few():
    forms = np.array([[3, 3]] * 4 + [[np.nan, 3]])

    found = identical_forms(forms)

    assert (found.n, found.status, found.is_flagged) == (4, Status.REFUSED, False)
    with pytest.raises(ValueError, match="a column for each question"):
        identical_forms([3, 3, 3])


@settings(max_examples=30)
@given(st.lists(st.lists(st.integers(1, 2), min_size=2, max_size=2), min_size=5, max_size=12))
def test_pairs_of_the_same_form_are_counted_as_one_would_by_hand(rows):
    by_hand = sum(rows[i] == rows[j] for j in range(len(rows)) for i in range(j))

    assert identical_forms(rows).pairs == by_hand
