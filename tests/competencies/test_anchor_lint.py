import pytest

from evenhand.competencies.anchor_lint import Rule, advice_on, advice_on_each

WELL_WRITTEN = (
    "Checks the torque of each bolt before closing the cover.",
    "Asks what the customer will use a result for before starting on it.",
    "Calls the customer a week after a repair to hear whether it holds.",
    "Keeps drawings and parts lists in the same folder.",
    "Sends the minutes and reports to everybody who was there.",
    "Never starts the press before the guard is down.",
    "Always reads the label twice.",
)


@pytest.mark.parametrize("anchor", WELL_WRITTEN)
def test_an_act_one_can_see_needs_no_advice(anchor):
    assert advice_on(anchor) == ()


@pytest.mark.parametrize(
    ("anchor", "rule", "words"),
    [
        ("Knows the safety rules of the laboratory.", Rule.OBSERVABLE, "Knows"),
        ("Is able to lead a meeting of ten people.", Rule.OBSERVABLE, "Is able"),
        ("Has a good understanding of the market.", Rule.OBSERVABLE, "understanding"),
        ("Writes good reports for the customer.", Rule.OBSERVABLE, "good"),
        ("Shares notes.", Rule.OBSERVABLE, "Shares notes."),
        ("Meets visitors at the door with a positive attitude.", Rule.TRAIT, "attitude"),
        ("Is reliable when a delivery is late.", Rule.TRAIT, "reliable"),
        ("Shows initiative when a machine stands still.", Rule.TRAIT, "initiative"),
        ("Proactively calls the customer about a delay.", Rule.TRAIT, "Proactively"),
        ("Writes the report and presents it to the board.", Rule.ONE_BEHAVIOUR, "and presents"),
        ("Plans the week and records the hours.", Rule.ONE_BEHAVIOUR, "and records"),
        ("Opens the ticket. Closes it on the same day.", Rule.ONE_BEHAVIOUR, "Closes it"),
        ("Usually hands the shift over in writing.", Rule.FREQUENCY, "Usually"),
        ("Regularly visits customers at their site.", Rule.FREQUENCY, "Regularly"),
        ("Talks about religion with new colleagues.", Rule.JOB_RELATED, "religion"),
    ],
)
def test_advice_names_the_rule_and_the_words(anchor, rule, words):
    found = {advice.rule: advice.words for advice in advice_on(anchor)}

    assert words in found[rule]


def test_advice_says_what_to_do_about_the_words():
    (advice,) = advice_on("Usually hands the shift over in writing.")

    assert advice.remedy.startswith("“Usually” alone means")
    assert "on which occasion" in advice.remedy


def test_an_adverb_with_a_number_beside_it_is_no_frequency_alone():
    assert advice_on("Regularly visits customers, four times a year.") == ()


def test_one_anchor_can_have_several_things_to_look_at():
    rules = [advice.rule for advice in advice_on("Is usually friendly")]

    assert rules == [Rule.OBSERVABLE, Rule.TRAIT, Rule.FREQUENCY]


def test_an_empty_anchor_is_left_alone():
    assert advice_on("  ") == ()


def test_of_several_anchors_only_those_with_advice_are_told():
    assert set(advice_on_each([*WELL_WRITTEN, "Has a positive attitude"])) == {
        "Has a positive attitude"
    }
