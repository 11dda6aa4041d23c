import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from evenhand.people.timelines import Stretch, clear, lay

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(12)]


@st.composite
def stretches(draw):
    first = draw(st.integers(0, 10))
    last = draw(st.integers(first + 1, 11))
    return Stretch(DAYS[first], DAYS[last], (draw(st.sampled_from("ab")),))


def facts_by_day(laid):
    return {day: [s.facts[0] for s in laid if s.holds_on(day)] for day in DAYS}


@given(st.lists(stretches(), max_size=6))
def test_on_every_day_holds_what_was_said_last(said):
    laid = []
    for stretch in said:
        laid = lay(laid, stretch)

    last_said = {day: [] for day in DAYS}
    for stretch in said:
        for day in DAYS:
            if stretch.holds_on(day):
                last_said[day] = [stretch.facts[0]]
    assert facts_by_day(laid) == last_said


@given(st.lists(stretches(), max_size=6))
def test_what_is_the_same_on_neighbouring_days_is_one_stretch(said):
    laid = []
    for stretch in said:
        laid = lay(laid, stretch)

    neighbours = itertools.pairwise(laid)
    assert not any(first.same_fact_follows(second) for first, second in neighbours)


@given(st.lists(stretches(), max_size=4), stretches())
def test_cleared_days_are_empty_and_the_others_stay(said, days):
    laid = []
    for stretch in said:
        laid = lay(laid, stretch)

    left = facts_by_day(clear(laid, days.starts_on, days.ends_on))

    before = facts_by_day(laid)
    assert left == {day: [] if days.holds_on(day) else before[day] for day in DAYS}


def test_a_stored_stretch_keeps_its_key_when_it_is_cut_in_two():
    stored = Stretch(DAYS[0], DAYS[10], ("a",), pk=7)

    laid = lay([stored], Stretch(DAYS[3], DAYS[5], ("b",)))

    assert [(s.facts[0], s.pk) for s in laid] == [("a", 7), ("b", None), ("a", None)]
