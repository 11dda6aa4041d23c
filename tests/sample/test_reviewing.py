import re
from collections import Counter

import pytest

from evenhand.reviews.kinds import ReviewKind, ReviewState, SignOffDecision
from evenhand.sample.form import RATED, Ask
from evenhand.sample.reviewing import Reviewing
from evenhand.sample.rounds import plan_rounds
from evenhand.sample.tempers import Tempers
from tests.sample.seeds import seeded

SUBMITTED = ReviewState.SUBMITTED


def planned(organization, today, seed=1):
    rng = seeded(seed)
    tempers = Tempers.draw(organization, rng)
    return [
        (round_, list(Reviewing(organization, round_, tempers, rng).participations()))
        for round_ in plan_rounds(today)
    ]


@pytest.fixture(scope="module")
def rounds(organization, today):
    return planned(organization, today)


@pytest.fixture(scope="module")
def running(rounds):
    return rounds[-1][1]


@pytest.fixture(scope="module")
def finished(rounds):
    return [part for _round, parts in rounds[:-1] for part in parts]


def every(rounds):
    return [review for _r, parts in rounds for part in parts for review in (part.own, part.given)]


def texts(rounds):
    return [answer.text for review in every(rounds) for answer in review.answers if answer.text]


def test_the_same_seed_plans_the_same_reviews(organization, today, rounds):
    assert planned(organization, today) == rounds


def test_the_chief_and_the_newest_are_left_out(organization, rounds):
    running, parts = rounds[-1]
    taking_part = {part.person for part in parts}

    assert 0 not in taking_part
    for person in organization.present():
        if person.hired_on >= running.hired_before:
            assert person.key not in taking_part


def test_nobody_reviews_themself_and_only_people_who_were_there_review(organization, rounds):
    for round_, parts in rounds:
        for part in parts:
            assert part.own.author == part.person != part.given.author
            assert organization.people[part.given.author].works_on(round_.stages[1].opens_on)


def test_what_is_submitted_is_complete_and_dated(rounds):
    for review in every(rounds):
        assert (review.submitted_at is not None) == (review.state == SUBMITTED)
        if review.state == SUBMITTED:
            assert {*RATED, Ask.RESULTS, Ask.WORKING, Ask.CRAFT, Ask.AHEAD} <= {
                answer.ask for answer in review.answers
            }


def test_nothing_is_written_after_it_was_submitted_or_in_the_future(rounds, today):
    for review in every(rounds):
        for answer in review.answers:
            assert answer.saved_at.date() < today
            assert review.submitted_at is None or answer.saved_at <= review.submitted_at


def test_no_question_is_answered_twice_and_private_notes_come_from_managers(rounds):
    for review in every(rounds):
        asked = [answer.ask for answer in review.answers]
        assert len(set(asked)) == len(asked)
        if review.kind == ReviewKind.SELF:
            assert not {Ask.PRIVATE, Ask.WHOLE} & set(asked)


def test_most_ratings_are_a_three_and_few_are_at_the_ends(finished):
    given = Counter(
        answer.rating for part in finished for answer in part.given.answers if answer.ask in RATED
    )
    whole = given.total()

    assert 0.5 < given[3] / whole < 0.7
    assert given[1] / whole < 0.05
    assert given[5] / whole < 0.08
    assert given[4] > given[2]


def test_people_rate_themselves_higher_than_their_managers_do(finished):
    def mean(side):
        ratings = [a.rating for part in finished for a in getattr(part, side).answers if a.rating]
        return sum(ratings) / len(ratings)

    assert mean("own") > mean("given") + 0.1


def test_an_overall_half_a_level_away_says_why(rounds):
    overalls = [review.overall for review in every(rounds) if review.overall]

    far = [o for o in overalls if o.whole is not None and abs(o.whole - o.weighted) >= 0.51]
    assert far
    assert all(o.reason for o in far)
    assert all(not o.reason for o in overalls if o.whole is None)


def test_finished_rounds_were_released_and_most_people_signed(finished):
    signed = Counter(part.sign_off.decision for part in finished if part.sign_off)

    assert sum(part.released_at is not None for part in finished) > 0.95 * len(finished)
    assert signed[SignOffDecision.SIGNED] > 0.8 * len(finished)
    assert 0 < signed[SignOffDecision.DECLINED] < 0.06 * len(finished)
    assert any(part.sign_off is None for part in finished)
    for part in finished:
        if part.sign_off and part.sign_off.decision == SignOffDecision.DECLINED:
            assert part.sign_off.comment


def test_some_are_late_some_reopened_and_some_handed_over(rounds, finished):
    first, parts = rounds[0]

    assert any(
        p.own.submitted_at.date() > first.stages[0].due_on for p in parts if p.own.submitted_at
    )
    assert any(part.given.reopening for part in finished)
    assert any(part.given.handover for _round, parts in rounds for part in parts)


def test_a_reopened_review_was_submitted_reopened_and_submitted_in_that_order(rounds):
    for review in every(rounds):
        if review.reopening:
            again = review.reopening
            assert again.submitted_at < again.reopened_at < review.submitted_at
            assert again.reason


def test_the_running_round_is_halfway(running):
    own = Counter(part.own.state for part in running)
    given = Counter(part.given.state for part in running)

    assert own[SUBMITTED] > 0.8 * len(running)
    assert 0.3 * len(running) < given[SUBMITTED] < 0.65 * len(running)
    assert given[ReviewState.DRAFT] > 0
    assert all(part.released_at is None and part.sign_off is None for part in running)
    assert any(part.given.handover for part in running)


def test_those_one_can_sign_in_as_find_their_story(organization, finished, running):
    employee, manager, *_others = (s.person for s in organization.sign_ins)
    mine = next(part for part in running if part.person == employee)
    team = Counter(part.given.state for part in running if part.given.author == manager)
    late = [part for part in running if part.given.author == manager and not part.own.submitted_at]

    assert mine.own.state == ReviewState.DRAFT
    assert mine.own.answers
    assert any(part.released_at for part in finished if part.person == employee)
    assert min(team[state] for state in ReviewState) >= 1
    assert len(late) >= 2


def test_texts_hardly_repeat(rounds):
    written = [
        answer.text
        for review in every(rounds)
        for answer in review.answers
        if answer.ask in {Ask.RESULTS, Ask.WORKING, Ask.CRAFT} and answer.text
    ]

    assert len(set(written)) > 0.93 * len(written)


def test_texts_are_whole_sentences_without_a_seam(rounds):
    seam = re.compile(r"[{}\[\]|~]|  | [.,;]|\.\.|\b(a|the|to|in) \1\b|\bI (has|is|was {)")

    for text in texts(rounds):
        assert not seam.search(text), text
        assert text[0].isupper(), text
        assert text[-1] in ".!?", text
        assert not re.search(r"[.:] [a-z]", text.replace(": ", "; ").replace("e.g. ", "")), text


def test_reviews_are_between_a_sentence_and_a_page(rounds):
    lengths = [
        len(answer.text.split())
        for review in every(rounds)
        for answer in review.answers
        if answer.ask in {Ask.RESULTS, Ask.WORKING, Ask.CRAFT}
    ]

    assert min(lengths) >= 12
    assert max(lengths) <= 130
    assert max(lengths) > 80
