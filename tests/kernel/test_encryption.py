import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.kernel.encryption import CannotDecrypt, key_ring

OLD, NEW, OTHER = 32 * b"o", 32 * b"n", 32 * b"x"
PLACE = "reviews.answer.text"


@given(st.text())
def test_what_was_sealed_opens_again(text):
    ring = key_ring()

    assert ring.open(ring.seal(text, place=PLACE), place=PLACE) == text


def test_the_same_words_never_look_the_same_twice():
    ring = key_ring()

    assert ring.seal("Dependable.", place=PLACE) != ring.seal("Dependable.", place=PLACE)


def test_a_wrong_key_is_an_error_and_never_gives_the_sealed_text_back(settings):
    settings.FIELD_KEYS = {"1": OLD}
    sealed = key_ring().seal("Dependable.", place=PLACE)

    settings.FIELD_KEYS = {"1": OTHER}
    with pytest.raises(CannotDecrypt, match="does not open"):
        key_ring().open(sealed, place=PLACE)

    settings.FIELD_KEYS = {"2": OLD}
    with pytest.raises(CannotDecrypt, match="No key '1'"):
        key_ring().open(sealed, place=PLACE)


def test_a_text_moved_to_another_column_does_not_open():
    sealed = key_ring().seal("Dependable.", place=PLACE)

    with pytest.raises(CannotDecrypt):
        key_ring().open(sealed, place="reviews.rating.reason")


def test_an_altered_text_does_not_open():
    sealed = key_ring().seal("Dependable.", place=PLACE)
    middle = len(sealed) // 2
    altered = sealed[:middle] + ("A" if sealed[middle] != "A" else "B") + sealed[middle + 1 :]

    with pytest.raises(CannotDecrypt):
        key_ring().open(altered, place=PLACE)


@pytest.mark.parametrize("damaged", ["plain words", "v1.test.", "v1.test.%%%", "v1.test.YQ", "v2"])
def test_what_is_no_sealed_text_is_an_error(damaged):
    with pytest.raises(CannotDecrypt):
        key_ring().open(damaged, place=PLACE)


def test_new_texts_are_sealed_with_the_first_key_and_old_ones_still_open(settings):
    settings.FIELD_KEYS = {"old": OLD}
    sealed = key_ring().seal("Dependable.", place=PLACE)

    settings.FIELD_KEYS = {"new": NEW, "old": OLD}

    assert key_ring().open(sealed, place=PLACE) == "Dependable."
    assert not key_ring().is_current(sealed)
    assert key_ring().is_current(key_ring().seal("Dependable.", place=PLACE))
