import pytest

from ratingstats.disclosure.rules import Rules, Why


def test_a_hidden_count_stays_at_least_k_and_half_of_itself_wide():
    assert Rules(5).width_needed(3) == 5
    assert Rules(5).width_needed(40) == 20


def test_all_the_same_tells_of_each_below_twice_k():
    assert Rules(5).tells_of_each(9, is_all_same=True)
    assert not Rules(5).tells_of_each(10, is_all_same=True)
    assert not Rules(5).tells_of_each(9, is_all_same=False)


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_has_words(why):
    assert why.reason.endswith(".")
