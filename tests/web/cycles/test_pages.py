import pytest

from evenhand.web.cycles.pages import bar


@pytest.mark.parametrize("done", [1, 2, 3, 4])
def test_fewer_than_five_look_alike_where_no_names_may_be_known(done):
    shown = bar(done, 12, only_counts=True)

    assert (shown.value, shown.whole, shown.said) == (0, 10, "fewer than 5 of 10")


def test_who_may_know_names_is_told_every_count():
    shown = bar(3, 12, only_counts=False)

    assert (shown.value, shown.whole, shown.said) == (3, 12, "3 of 12")
