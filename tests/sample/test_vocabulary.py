import re
from collections import Counter

import pytest

from evenhand.sample import form
from evenhand.sample.happenings import Deed
from evenhand.sample.vocabulary import (
    CULTURES,
    divisions,
    job_families,
    names_of,
    skeletons,
    work_of,
)

SLOTS = {
    *("win", "win2", "win3", "effect", "effect2", "effect3", "when", "when2", "when3", "miss"),
    *("cost", "when_miss", "help", "when_help", "project", "partner", "skill", "skill2", "next"),
    *("next2", "peer", "boss", "name", "site", "month", "month2", "month_before", "next_month"),
    *("sign_day", "they", "them", "their", "themself", "s", "es", "is", "was", "has"),
}
SIDES = ("self_reviews", "manager_reviews")
BIG_LISTS = {"american", "chinese", "german", "hispanic", "indian", "indonesian", "nigerian"}


@pytest.mark.parametrize("culture", CULTURES)
def test_names_are_listed_once(culture):
    for names in (names_of(culture).female, names_of(culture).male, names_of(culture).family):
        assert Counter(names).most_common(1)[0][1] == 1
        assert all(name and name == name.strip() for name in names)


@pytest.mark.parametrize("culture", sorted(BIG_LISTS | {"polish", "turkish"}))
def test_many_names_come_from_each_of_nine_cultures(culture):
    names = names_of(culture)

    assert len(names.female) + len(names.male) >= 80
    assert len(names.family) >= 80


def test_every_job_family_has_nine_titles_and_words_of_its_own():
    assert len(job_families()) >= 8
    for code, family in job_families().items():
        assert len(family.titles) == 9
        assert len(family.leading) == 5
        assert len(work_of(code).wins) >= 10
        assert all(win.outcome.endswith(".") for win in work_of(code).wins)


def test_divisions_share_out_everybody_and_name_known_job_families():
    assert sum(division.share for division in divisions()) == 100
    known = set(job_families())
    assert {d.family for division in divisions() for d in division.departments} <= known


@pytest.mark.parametrize("side", SIDES)
def test_each_side_has_more_than_forty_paragraphs(side):
    paragraphs = [
        text
        for section, bands in skeletons(side).items()
        if section != "weak"
        for pool in bands.values()
        for text in pool
    ]

    assert len(set(paragraphs)) == len(paragraphs) >= 40


def test_a_deed_that_took_long_is_marked_by_a_tilde():
    assert Deed("held check-ins with everybody every second week") not in work_of("leading").wins
    assert any(win.lasted for win in work_of("leading").wins)
    assert not any(win.deed.startswith("~") for win in work_of("MFG").wins)


def test_the_form_weighs_a_hundred_and_matches_its_list_of_questions():
    sections = form.ANNUAL_REVIEW.sections
    questions = [question for section in sections for question in section.questions]

    assert sum(section.weight for section in sections) == sum(form.RATED.values()) == 100
    assert len(questions) == len(form.Ask)
    assert [level.value for level in form.LEVELS] == [1, 2, 3, 4, 5]


def test_no_word_list_promises_a_slot_that_nobody_fills():
    texts = [str(skeletons(name)) for name in (*SIDES, "statements")]

    for text in texts:
        assert {slot.lower() for slot in re.findall(r"\{([A-Za-z_]+\d?)\}", text)} <= SLOTS
