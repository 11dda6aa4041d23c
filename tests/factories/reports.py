"""A report as an audit of a middle-sized organization would make it, and how to vary it."""

from dataclasses import replace

from evenhand.analytics.report import (
    Bar,
    BarChart,
    Cell,
    Column,
    Explained,
    Finding,
    Findings,
    IntervalChart,
    Mark,
    NotSaid,
    Report,
    Section,
    Table,
    Tile,
    Tone,
    Words,
)

RATERS = (
    ("Simon Roup", 17, 0.61, 0.32, 0.90, 0.001, Tone.BAD),
    ("Brannon Miller", 22, 0.37, 0.15, 0.59, 0.012, Tone.BAD),
    ("David Stanley", 21, 0.21, -0.03, 0.45, 0.21, Tone.PLAIN),
    ("Amy Dunn", 21, 0.09, -0.14, 0.32, 0.62, Tone.PLAIN),
    ("Kissy Sullivan", 22, -0.02, -0.24, 0.20, 0.88, Tone.PLAIN),
    ("Elijiah Gray", 22, -0.08, -0.31, 0.15, 0.62, Tone.PLAIN),
    ("Ketsia Liebig", 21, -0.17, -0.40, 0.06, 0.30, Tone.PLAIN),
    ("Webster Butler", 21, -0.30, -0.53, -0.07, 0.041, Tone.LOOK),
    ("Michael Albert", 22, -0.41, -0.63, -0.19, 0.004, Tone.BAD),
)


def signed(value, decimals=2):
    sign = "\N{MINUS SIGN}" if value < 0 else "+"
    return f"{sign}{abs(value):.{decimals}f}"


def less(size):
    return signed(-size)


def number(value, text=None, **looks):
    return Cell(text if text is not None else f"{value:,}", value, **looks)


def rater_marks():
    return tuple(
        Mark(
            name,
            f"{n} people",
            low,
            middle,
            high,
            f"{signed(middle)} ({signed(low)}, {signed(high)})",
            tone,
        )
        for name, n, middle, low, high, _q, tone in RATERS
    )


def rater_table(rows=RATERS):
    return Table(
        "Raters and how they rate",
        (
            Column("Rater"),
            Column("People", is_number=True),
            Column(
                "Points from the average",
                is_number=True,
                meaning=(
                    "What is left of a rater's strictness when people rated are held equal; "
                    "shrunk toward the average when few people were rated."
                ),
            ),
            Column("From", is_number=True),
            Column("To", is_number=True),
            Column(
                "q",
                is_number=True,
                meaning=(
                    "The share of false alarms among all raters that differ at least this much."
                ),
            ),
            Column(""),
        ),
        tuple(
            (
                Cell(name),
                number(n),
                number(middle, signed(middle)),
                number(low, signed(low)),
                number(high, signed(high)),
                number(q, f"{q:.3f}".lstrip("0")),
                Cell("look here", tone=tone, is_tag=True) if tone != Tone.PLAIN else Cell(""),
            )
            for name, n, middle, low, high, q, tone in rows
        ),
        note="95% intervals from the model; q after Benjamini-Hochberg over 84 raters.",
    )


def shares():
    parts = (
        ("The person", 0.58, "58%"),
        ("The rater", 0.17, "17%"),
        ("The unit", 0.06, "6%"),
        ("Neither", 0.19, "19%"),
    )
    table = Table(
        "What a rating is made of",
        (Column("Part"), Column("Variance", is_number=True), Column("Share", is_number=True)),
        tuple(
            (Cell(name), number(round(share * 0.65, 3)), number(share, text))
            for name, share, text in parts
        ),
    )
    return BarChart(
        "What a rating is made of",
        tuple(Bar(*part) for part in parts),
        1.0,
        "shares of the variance of 2,911 ratings",
        table,
        is_split=True,
    )


def dependence():
    return Section(
        "dependence",
        "How much of a rating is the person, and how much is the rater?",
        (
            "Somewhat more than half of what differs between ratings is the person rated; "
            "about a sixth is who gives the rating (17%, 95% interval 11 to 24%, from 2,911 "
            "ratings). The same person would get about half a point more or less from another "
            "rater."
        ),
        (
            shares(),
            Words(
                (
                    (
                        "With one rater per person, 0.71 of the differences between people "
                        "would be seen again with other raters. Two raters would bring this to "
                        "0.80."
                    ),
                ),
                "Ratings you can rely on",
            ),
            Explained(
                "reliability = person / (person + rater + unit + residual)",
                (("person", "0.377"), ("rater", "0.110"), ("unit", "0.039"), ("residual", "0.124")),
                2911,
            ),
        ),
    )


def raters():
    return Section(
        "raters",
        "Which raters are strict or lenient?",
        (
            "Four of 84 raters differ from the others by more than chance explains and by "
            "enough to matter. Simon Roup's ratings run 0.61 points high for comparable "
            "people."
        ),
        (
            IntervalChart(
                "Strict and lenient raters",
                rater_marks(),
                0.0,
                "stricter",
                "the average rater",
                "more lenient",
                "points from the average rater, 95% interval, people rated held equal",
                rater_table(),
            ),
            Words(
                (
                    (
                        "Estimates shrink toward the average when a rater has rated few "
                        "people, so that small teams are not singled out by chance."
                    ),
                )
            ),
            NotSaid(
                "whether written feedback is copied",
                "The file has no column with texts.",
                "Name the column with the comments, and texts that are alike are found.",
            ),
        ),
    )


def groups():
    hidden = {"is_hidden": True}
    why = "fewer than 10 people: not shown"
    return Table(
        "Rated “exceeds”, by group",
        (
            Column("Group"),
            Column("People", is_number=True),
            Column("Rate", is_number=True),
            Column(
                "Against highest",
                is_number=True,
                meaning=(
                    "This group's rate divided by the highest rate of any group; below 0.80 is "
                    "below four fifths."
                ),
            ),
            Column("p", is_number=True),
            Column("Gap at equal job, tenure, unit", is_number=True),
            Column(""),
        ),
        (
            (
                Cell("Men"),
                number(521),
                number(0.098, "9.8%"),
                Cell("highest", tone=Tone.SOFT),
                Cell(""),
                Cell(""),
                Cell(""),
            ),
            (
                Cell("Women"),
                number(683),
                number(0.064, "6.4%"),
                number(0.66, "0.66", tone=Tone.BAD),
                number(0.031, ".031"),
                number(-0.09, less(0.09) + f" ({less(0.17)}, {less(0.01)})"),
                Cell("look here", tone=Tone.BAD, is_tag=True),
            ),
            (
                Cell("Age 40 and over"),
                number(402),
                number(0.082, "8.2%"),
                number(0.94, "0.94"),
                number(0.71, ".71"),
                number(0.01, f"0.01 ({less(0.07)}, 0.09)"),
                Cell("no gap seen", tone=Tone.GOOD, is_tag=True),
            ),
            (
                Cell("Pacific Islander"),
                Cell(why, **hidden),
                Cell(why, **hidden),
                Cell(why, **hidden),
                Cell("—", **hidden),
                Cell("—", **hidden),
                Cell(""),
            ),
        ),
        note=(
            "Four-fifths rule in whole people, Fisher's exact test, Holm's correction over 18 "
            "tests."
        ),
    )


def gaps():
    rates = groups()
    chart = BarChart(
        "Who is rated “exceeds”",
        (
            Bar("Men", 9.8, "9.8% of 521"),
            Bar("Women", 6.4, "6.4% of 683", Tone.BAD),
            Bar("Age 40 and over", 8.2, "8.2% of 402"),
        ),
        20.0,
        "share of each group",
        rates,
    )
    return Section(
        "gaps",
        "Are groups rated differently?",
        (
            "Of 18 comparisons, two are worth a look after correction: women are rated "
            "“exceeds” less often than men (6.4% of 683 against 9.8% of 521), and one unit "
            "differs."
        ),
        (chart, rates),
    )


def actions():
    return Section(
        "actions",
        "What could be done next?",
        "Three things stand out. None of them is a verdict; each is a reason to look.",
        (
            Findings(
                (
                    Finding(
                        "Four raters use the scale differently from the rest.",
                        "Bring their ratings to the calibration meeting first.",
                        f"From {less(0.41)} to +0.61 points, q below .05, 82 people rated.",
                        Tone.BAD,
                    ),
                    Finding(
                        "Each person has one rater in 31 of 84 teams.",
                        "Ask for a second rating where pay depends on it.",
                        "Reliability 0.71 now, 0.80 with two raters.",
                        Tone.LOOK,
                    ),
                    Finding(
                        "Calibration narrowed the rater share.",
                        "Keep it.",
                        "22% before, 17% after, 1,204 people.",
                        Tone.GOOD,
                    ),
                )
            ),
        ),
    )


def tiles():
    explained = Explained("± = √(2 · variance of raters)", (("variance of raters", "0.110"),), 2911)
    return (
        Tile(
            "Same person, other manager",
            "± 0.47",
            "points a rating moves by who gives it",
            explained,
        ),
        Tile("Ratings you can rely on", "0.71", "generalizability, 0.80 wanted"),
        Tile("Group gaps to look at", "2", "of 18 tested, after correction"),
        Tile("Hidden to protect people", "5", "cells under 10 people"),
    )


def make_report(**changes):
    report = Report(
        title="What the ratings of 2026 depend on",
        about="2026 annual review, before calibration: 1,204 people, 84 raters",
        made_on="22 November 2026",
        tiles=tiles(),
        sections=(dependence(), raters(), gaps(), actions()),
        methods=(
            Words(
                (
                    (
                        "rating = person + rater + unit + rest, each a random deviation; "
                        "fitted by restricted maximum likelihood to 2,911 ratings."
                    ),
                    "Intervals hold with 95% probability under this model.",
                ),
                "Who gives how much",
            ),
            Words(
                ("Counts are compared in whole people; small counts by exact tests.",), "Group gaps"
            ),
        ),
        limits=(
            (
                "A rating that differs between groups is no proof of unequal treatment, and "
                "one that does not is no proof of equal treatment."
            ),
            "What was not in the file could not be held equal.",
        ),
        sources=(
            "Laird and Ware (1982), Random-effects models for longitudinal data.",
            "Uniform Guidelines on Employee Selection Procedures (1978), 29 CFR 1607.",
        ),
    )
    return replace(report, **changes)


def empty_report():
    return Report("Nothing to say yet", "", "22 November 2026", (), (), (), ())


def long_table(rows):
    many = [(f"Rater {n}", 10, 0.1, 0.0, 0.2, 0.5, Tone.PLAIN) for n in range(rows)]
    return rater_table(many)


def report_of(*blocks):
    return make_report(sections=(Section("one", "A question?", "An answer.", blocks),))
