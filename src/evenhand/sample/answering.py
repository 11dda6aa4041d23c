"""The answers of one review, from the facts of a year and the ratings given for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from evenhand.reviews.kinds import ReviewKind, ReviewState
from evenhand.sample.chances import happens
from evenhand.sample.form import NEXT_STEPS, RATED, Ask
from evenhand.sample.moments import minutes_before
from evenhand.sample.planning import PlannedAnswer, PlannedOverall
from evenhand.sample.writing import MANAGER, SELF, Writer, state

CENT, HALF = Decimal("0.01"), Decimal("0.5")
LOWEST, HIGHEST = 1, 5
BESIDE_A_RATING = (
    (Ask.RESULTS, Ask.RESULTS_RATING),
    (Ask.WORKING, Ask.WORKING_RATING),
    (Ask.CRAFT, Ask.CRAFT_RATING),
)


@dataclass(frozen=True, slots=True)
class Material:
    """What one side has to go by."""

    facts: Mapping[str, str]
    pronouns: str
    ratings: Mapping[Ask, int]
    saved_at: datetime
    was_away: bool = False


def answers(
    kind: ReviewKind, state: ReviewState, material: Material, rng: Random
) -> tuple[PlannedAnswer, ...]:
    """All answers of a submitted review, the first few of one in writing, none otherwise."""
    if state == ReviewState.NOT_STARTED:
        return ()
    side = _own if kind == ReviewKind.SELF else _given
    written = tuple(side(material, rng))
    return written[: rng.randint(1, 4)] if state == ReviewState.DRAFT else written


def _own(material: Material, rng: Random) -> Iterator[PlannedAnswer]:
    writer = Writer(SELF, material.facts, material.pronouns, rng)
    yield from _rated(writer, material, rng)
    yield _text(Ask.AHEAD, writer.unrated("ahead"), material, rng)
    if happens(85, rng):
        yield _choice(material, rng)
    if happens(60, rng):
        yield _text(Ask.SUPPORT, writer.unrated("support"), material, rng)


def _given(material: Material, rng: Random) -> Iterator[PlannedAnswer]:
    writer = Writer(MANAGER, material.facts, material.pronouns, rng)
    yield from _rated(writer, material, rng)
    yield _text(Ask.AHEAD, writer.unrated("ahead"), material, rng)
    if happens(80, rng):
        yield _choice(material, rng)
    if happens(25, rng):
        yield _text(Ask.PRIVATE, writer.unrated("private"), material, rng)


def _rated(writer: Writer, material: Material, rng: Random) -> Iterator[PlannedAnswer]:
    for text, ask in BESIDE_A_RATING:
        rating = material.ratings[ask]
        yield _text(text, writer.on(text.value, rating), material, rng)
        at = minutes_before(material.saved_at, 240, rng)
        if material.was_away and ask == Ask.WORKING_RATING:
            yield PlannedAnswer(ask, at, not_rated=True)
        else:
            yield PlannedAnswer(ask, at, rating=rating)


def _text(ask: Ask, text: str, material: Material, rng: Random) -> PlannedAnswer:
    return PlannedAnswer(ask, minutes_before(material.saved_at, 240, rng), text=text)


def _choice(material: Material, rng: Random) -> PlannedAnswer:
    step = rng.choices(NEXT_STEPS, (46, 24, 8, 7, 15))[0]
    return PlannedAnswer(Ask.NEXT_STEP, minutes_before(material.saved_at, 90, rng), choice=step)


def overall(material: Material, written: tuple[PlannedAnswer, ...], rng: Random) -> PlannedOverall:
    """The weighted mean of what is rated; now and then another level, with the reason for it."""
    ratings = {answer.ask: answer.rating for answer in written if answer.rating is not None}
    weight = sum(RATED[ask] for ask in ratings)
    exact = Decimal(sum(RATED[ask] * rating for ask, rating in ratings.items())) / weight
    weighted = exact.quantize(CENT, ROUND_HALF_UP)
    if not happens(6, rng):
        return PlannedOverall(weighted)
    nearest = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    whole = nearest + rng.choice((-1, 1, 1, 0, 0))
    whole = min(max(whole, LOWEST), HIGHEST)
    if abs(whole - exact) < HALF:
        return PlannedOverall(weighted, whole)
    why = "overall_above" if whole > exact else "overall_below"
    return PlannedOverall(weighted, whole, state(why, material.facts, material.pronouns, rng))


def with_whole(
    written: tuple[PlannedAnswer, ...], given: PlannedOverall, at: datetime
) -> tuple[PlannedAnswer, ...]:
    """The answers with the level that was given to the year as a whole, if any was."""
    if given.whole is None:
        return written
    return (*written, PlannedAnswer(Ask.WHOLE, at, text=given.reason, rating=given.whole))
