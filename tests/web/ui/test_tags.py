from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template

from evenhand.web.templatetags.evenhand import ICONS

SUNDAY = datetime(2026, 11, 22, 10, tzinfo=UTC)


def said(source, **context):
    return Template("{% load evenhand %}" + source).render(Context({"now": SUNDAY, **context}))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-400, "18 October 2025"),
        (-2, "20 November"),
        (-1, "yesterday"),
        (0, "today"),
        (1, "tomorrow"),
        (5, "Friday"),
        (7, "29 November"),
        (60, "21 January 2027"),
    ],
)
def test_days_are_said_as_people_say_them(days, words):
    on = date(2026, 11, 22) + timedelta(days=days)

    assert f">{words}<" in said("{% day on %}", on=on)


def test_the_exact_day_is_there_on_hover():
    html = said("{% day on %}", on=date(2026, 11, 27))

    assert html == '<time datetime="2026-11-27" title="Friday, 27 November 2026">Friday</time>'


def test_an_open_end_and_no_date_are_said_with_nothing():
    assert said("{% day on %}{% ago at %}", on=date(9999, 12, 31), at=None) == ""


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=4), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=90), "24 August"),
    ],
)
def test_moments_are_said_by_how_long_ago_they_were(passed, words):
    assert f">{words}<" in said("{% ago at %}", at=SUNDAY - passed)


def test_a_share_says_of_how_many():
    assert said("{% share 812 1204 %}") == "812 of 1,204"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Elijian Gray", "EG"), ("Ana María de la Cruz", "AC"), ("Pelé", "P"), ("", "")],
)
def test_faces_show_the_first_and_the_last_name(name, letters):
    assert said("{{ name|initials }}", name=name) == letters


def test_icons_are_silent_drawings_without_ids():
    html = said('{% icon "check" %}')

    assert html.startswith('<svg class="icon"')
    assert 'aria-hidden="true"' in html
    assert " id=" not in html


@pytest.mark.parametrize("file", sorted(ICONS.glob("*.svg")), ids=lambda file: file.stem)
def test_every_icon_can_be_drawn(file):
    drawn = said(f'{{% icon "{file.stem}" %}}')

    assert "<path" in drawn or "<rect" in drawn or "<circle" in drawn
