import pytest

from evenhand.people.searching import LONGEST, plain_words, searchable


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Åsa Öberg", ["asa", "oberg"]),
        ("Łukasz Żółć", ["lukasz", "zolc"]),
        ("Søren Ørsted", ["soren", "orsted"]),
        ("Anne-Marie O'Brien", ["anne", "marie", "obrien"]),
        ("Nguyễn Thị Đào", ["nguyen", "thi", "dao"]),
        ("İbrahim Y\u0131ld\u0131z", ["ibrahim", "yildiz"]),
        ("王 小明", ["王", "小明"]),
        ("ada.lovelace@example.org", ["ada.lovelace@example.org"]),
        (" \x00% _ ", ["_"]),
        ("", []),
    ],
)
def test_words_are_compared_without_accents_case_and_hyphens(text, words):
    assert plain_words(text) == words


def test_every_word_follows_a_blank():
    assert searchable("Lovelace", "Ada", "P1", "") == " lovelace ada p1"


def test_the_text_fits_its_column():
    assert len(searchable("a" * 2 * LONGEST)) == LONGEST
