"""Whether the questions can be answered with these ratings, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.analytics.audit.measuring.design import (
    FEWEST_RATERS_TOGETHER,
    FEWEST_RATINGS_TOGETHER,
    DesignAnswers,
)
from evenhand.analytics.audit.telling.figures import count, percent, points
from evenhand.analytics.report import (
    Bar,
    BarChart,
    Block,
    Cell,
    Column,
    NotSaid,
    Section,
    Table,
    Words,
)

MANY_RATERS = 6


def tell_design(answers: DesignAnswers) -> Section:
    return Section(
        key="design",
        question=_("Can these questions be answered at all?"),
        answer=_answer(answers),
        blocks=tuple(_blocks(answers)),
    )


def _answer(answers: DesignAnswers) -> str:
    if not answers.raters:
        return _("The file does not say who gave the ratings, so nothing can be said about raters.")
    if answers.raters == 1:
        return _("Only in part. One rater gave all ratings, so there is nobody to compare with.")
    if answers.one_rater_each:
        return _(
            "Only in part. Each person has one rater, so a strict rater and a team that did less"
            " well look exactly the same in these numbers."
        )
    if not answers.can_separate:
        return _(
            "Only in part. Just %(linked)s of %(persons)s people have a second rater; that is too"
            " few to tell raters from the people they rate."
        ) % {"linked": count(answers.linked_persons), "persons": count(answers.persons)}
    if answers.is_connected:
        return _(
            "Yes. %(linked)s of %(persons)s people have two raters or more, and all %(raters)s"
            " raters are connected through the people they share."
        ) % _counts(answers)
    return _(
        "Within groups of raters who share people. %(linked)s of %(persons)s people have two"
        " raters or more; they connect the raters into %(islands)s separate groups."
    ) % _counts(answers)


def _counts(answers: DesignAnswers) -> dict[str, str]:
    return {
        "linked": count(answers.linked_persons),
        "persons": count(answers.persons),
        "raters": count(answers.raters),
        "islands": count(len(answers.islands)),
    }


def _blocks(answers: DesignAnswers) -> list[Block]:
    if not answers.raters:
        return []
    blocks: list[Block] = [_raters_per_person(answers)]
    if answers.raters == 1:
        return blocks
    if not answers.can_separate:
        blocks += [_cannot_separate(), _ways_to_link()]
        return blocks
    if answers.barely:
        blocks.append(_barely(answers))
    if not answers.is_connected:
        blocks += [_islands(answers), _across_islands(answers), _ways_to_link()]
    return blocks


def _raters_per_person(answers: DesignAnswers) -> BarChart:
    few = [pair for pair in answers.raters_per_person if pair[0] < MANY_RATERS]
    many = sum(people for raters, people in answers.raters_per_person if raters >= MANY_RATERS)
    named = [
        (ngettext("%(n)d rater", "%(n)d raters", raters) % {"n": raters}, people)
        for raters, people in few
    ]
    if many:
        named.append((_("%(n)d raters or more") % {"n": MANY_RATERS}, many))
    whole = sum(people for _name, people in named)
    return BarChart(
        title=_("How many raters people have"),
        bars=tuple(Bar(name, people, _people(people, whole)) for name, people in named),
        whole=whole,
        note=_("On average %(mean)s raters per person (harmonic mean, n = %(n)s people).")
        % {"mean": points(answers.effective_raters, 1), "n": count(whole)},
        table=Table(
            title=_("How many raters people have"),
            columns=(
                Column(_("Raters")),
                Column.of_numbers(_("People")),
                Column.of_numbers(_("Share")),
            ),
            rows=tuple(
                (Cell(name), Cell(count(people), people), _share(people / whole))
                for name, people in named
            ),
        ),
    )


def _people(people: int, whole: int) -> str:
    return f"{count(people)} ({percent(people / whole)})"


def _share(share: float) -> Cell:
    return Cell(percent(share), share)


def _cannot_separate() -> NotSaid:
    return NotSaid(
        what=_("Who is strict and who leads a weaker team"),
        why=_("Almost everybody was rated by one person only. The two explanations fit equally."),
        remedy=_("A second rater for about one person in ten makes the difference visible."),
    )


def _ways_to_link() -> Words:
    return Words(
        title=_("Ways to connect raters"),
        paragraphs=(
            _("A second rater for some people: the manager's manager, or a matrix manager."),
            _("People who changed managers, rated by both for their part of the period."),
            _("Five to eight written cases that all raters rate blind before they begin."),
        ),
    )


def _barely(answers: DesignAnswers) -> NotSaid:
    return NotSaid(
        what=_("Firm statements about single raters"),
        why=_("All comparison rests on %(linked)s people with a second rater (%(share)s).")
        % {
            "linked": count(answers.linked_persons),
            "share": percent(answers.linked_persons / max(answers.persons, 1)),
        },
        remedy=_("Read the intervals, which are wide for that reason, and add second raters."),
    )


def _islands(answers: DesignAnswers) -> Table:
    return Table(
        title=_("Groups of raters who share people"),
        columns=(
            Column(_("Group")),
            Column.of_numbers(_("Raters")),
            Column.of_numbers(_("People")),
            Column.of_numbers(_("Ratings")),
            Column(_("Raters may be compared")),
        ),
        rows=tuple(
            (
                Cell(count(number)),
                Cell(count(island.raters), island.raters),
                Cell(count(island.persons), island.persons),
                Cell(count(island.ratings), island.ratings),
                Cell(_("yes") if island.is_comparable else _("no, too few")),
            )
            for number, island in enumerate(answers.islands, start=1)
        ),
        note=_("Comparing needs at least %(raters)s raters and %(ratings)s ratings in a group.")
        % {"raters": count(FEWEST_RATERS_TOGETHER), "ratings": count(FEWEST_RATINGS_TOGETHER)},
        shown_first=10,
    )


def _across_islands(answers: DesignAnswers) -> NotSaid:
    return NotSaid(
        what=_("Comparisons of raters from different groups"),
        why=_("No person was rated in two of the %(islands)s groups, so nothing links them.")
        % {"islands": count(len(answers.islands))},
        remedy=_("One person with a rater from each of two groups links the two."),
    )
