"""Are groups of people rated differently, in words and tables. Never a verdict."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.analytics.audit.measuring.gaps_results import GapAnswers, WhyNot
from evenhand.analytics.audit.ratings import Refused
from evenhand.analytics.audit.telling.figures import count
from evenhand.analytics.audit.telling.gaps_charts import difference_charts
from evenhand.analytics.audit.telling.gaps_splits import split_tables
from evenhand.analytics.audit.telling.gaps_tables import (
    crossing_table,
    full_table,
    points_table,
    rates_table,
)
from evenhand.analytics.audit.telling.gaps_words import sentences
from evenhand.analytics.report import Block, NotSaid, Section, Tone, Words


def tell_gaps(answers: GapAnswers) -> Section:
    """Attribute by attribute: sentences, rates, means; then pairs, and everything in full."""
    return Section(
        key="gaps",
        question=_("Are groups of people rated differently?"),
        answer=_answer(answers),
        blocks=tuple(_blocks(answers)),
    )


def _answer(answers: GapAnswers) -> str:
    if not answers.attributes:
        return _("These ratings cannot say it. The boxes below say why, and what would help.")
    if not answers.m:
        return _("No two groups are large enough to be compared.")
    made = ngettext(
        "%(m)s comparison was made, of %(n)s people.",
        "%(m)s comparisons were made, of %(n)s people.",
        answers.m,
    ) % {"m": count(answers.m), "n": count(answers.persons)}
    asking = len(answers.to_look_at)
    if not asking:
        found = _(
            "None asks for a closer look after correction for their number. That is no proof that"
            " there is no gap: each table says how large a gap could have stayed unseen."
        )
    else:
        found = ngettext(
            "%(n)s asks for a closer look after correction for their number.",
            "%(n)s ask for a closer look after correction for their number.",
            asking,
        ) % {"n": count(asking)}
    return f"{made} {found}"


def _blocks(answers: GapAnswers) -> Iterator[Block]:
    yield from difference_charts(answers)
    for attribute in answers.attributes:
        said = sentences(answers, attribute)
        if said:
            yield Words(paragraphs=said, title=attribute.name)
        for rates in attribute.rates:
            yield rates_table(answers, attribute, rates)
        yield points_table(attribute)
        yield from split_tables(attribute)
    yield from _crossings(answers)
    if answers.m:
        yield full_table(answers)
    people = _several(answers) + _left_out(answers)
    if people:
        yield Words(people, tone=Tone.SOFT)
    if not answers.attributes and not answers.refused:
        yield NotSaid(
            what=_("Differences between groups"),
            why=_("No column says which group a person belongs to."),
            remedy=_("Name one or more, such as sex or age."),
        )
    for refused in answers.refused:
        yield _not_said(refused)


def _crossings(answers: GapAnswers) -> Iterator[Block]:
    for crossed in answers.crossings:
        for rates in crossed.rates:
            if rates.groups:
                yield crossing_table(answers, crossed, rates)


def _several(answers: GapAnswers) -> tuple[str, ...]:
    if not answers.several:
        return ()
    said = ngettext(
        "%(n)s person was rated more than once and counts once, by the mean of the ratings and the"
        " level nearest to it.",
        "%(n)s people were rated more than once and count once each, by the mean of their ratings"
        " and the level nearest to it.",
        answers.several,
    )
    return (said % {"n": count(answers.several)},)


def _left_out(answers: GapAnswers) -> tuple[str, ...]:
    if not answers.left_out:
        return ()
    said = _(
        "%(n)s people were left out everywhere here: those of whom a group is not known or too"
        " small, and others drawn by lot beside them, so that nobody can work out a rating."
    )
    return (said % {"n": count(answers.left_out)},)


def _not_said(refused: Refused) -> NotSaid:
    why, remedy = _reasons()[WhyNot(refused.why)]
    what = _("Differences by %(name)s") % {"name": refused.what}
    return NotSaid(what if refused.what else _("Differences between groups"), why, remedy)


def _reasons() -> dict[WhyNot, tuple[str, str]]:
    more = _("More people, or groups put together, would help.")
    return {
        WhyNot.ALL_ALIKE: (
            _("Nobody, or everybody, was rated well, and nobody or everybody badly."),
            _("Say with other levels what counts as a good and as a low rating."),
        ),
        WhyNot.ONE_GROUP: (_("Fewer than two groups have enough people to be shown."), more),
        WhyNot.TELLS_WITH_EARLIER: (
            _("Beside what is shown already, it would tell about a few people."),
            more,
        ),
        WhyNot.TELLS_WITH_TOTALS: (
            _("Beside the groups by themselves, it would tell about a few people."),
            more,
        ),
    }
