import pytest

from evenhand.sample.prose import about, fill, settle
from tests.sample.seeds import seeded


def test_one_of_several_wordings_is_taken():
    assert {settle("a [red|green] box", seeded(n)) for n in range(20)} == {
        "a red box",
        "a green box",
    }


@pytest.mark.parametrize(("skeleton", "least", "most"), [("{3-7}", 3, 7), ("{0.5-0.9}", 0.5, 0.9)])
def test_figures_stay_within_their_limits(skeleton, least, most):
    assert all(least <= float(settle(skeleton, seeded(n))) <= most for n in range(50))


def test_small_figures_can_be_words_and_large_ones_have_a_comma():
    assert settle("{w4-4} visits, {1200-1200} parts", seeded(1)) == "four visits, 1,200 parts"


def test_a_phrase_begins_a_sentence_with_a_capital_and_may_hold_a_slot():
    slots = {"when": "in {month}", "month": "March"}

    assert (
        fill("{When} it ran. It stopped {when}.", slots) == "In March it ran. It stopped in March."
    )


@pytest.mark.parametrize(
    ("pronouns", "sentence"),
    [
        ("she", "She has her plan and asks herself."),
        ("he", "He has his plan and asks himself."),
        ("they", "They have their plan and ask themself."),
    ],
)
def test_verbs_agree_with_pronouns(pronouns, sentence):
    skeleton = "{They} {has} {their} plan and ask{s} {themself}."

    assert fill(skeleton, about(pronouns)) == sentence


def test_an_empty_wording_leaves_no_double_blank():
    assert fill("One  two.", {}) == "One two."
