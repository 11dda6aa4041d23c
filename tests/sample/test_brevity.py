import pytest

from evenhand.sample.brevity import Brevity, first_sentence
from evenhand.sample.inventing import invent
from evenhand.sample.reviewing import Reviewing
from evenhand.sample.rounds import plan_rounds
from evenhand.sample.tempers import Tempers
from tests.sample.seeds import seeded


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One thing. Another.", "One thing."),
        ("From 2.5 to 3.1 percent. Then more.", "From 2.5 to 3.1 percent."),
        ("Why not? Because.", "Why not?"),
        ("No end", "No end"),
    ],
)
def test_the_first_sentence_is_a_whole_one(text, first):
    assert first_sentence(text) == first


def test_small_organizations_keep_every_word(organization, today):
    assert Brevity.fit(organization).in_full is None


def test_large_ones_keep_it_around_those_to_sign_in_as(today):
    organization = invent(2_600, rng=seeded(3), today=today)
    brevity, rng = Brevity.fit(organization), seeded(3)
    employee = organization.sign_ins[0].person
    reviewing = Reviewing(organization, plan_rounds(today)[0], Tempers.draw(organization, rng), rng)
    parts = {part.person: part for part in reviewing.participations()}

    assert brevity.shorten(parts[employee]) == parts[employee]
    shortened = [key for key, part in parts.items() if brevity.shorten(part) != part]
    assert 0.8 * len(parts) < len(shortened) < len(parts)
    for key in shortened:
        before, after = parts[key].given, brevity.shorten(parts[key]).given
        assert [answer.rating for answer in after.answers] == [a.rating for a in before.answers]
        assert all(
            after.text for after, a in zip(after.answers, before.answers, strict=True) if a.text
        )
