from dataclasses import replace

from evenhand.analytics.report import Tone
from evenhand.documents.charts import draw_bars
from evenhand.documents.templatetags.report import bar_ink, counted, ink, look, part_ink, part_look
from tests.factories.reports import shares


def test_a_count_has_its_thousands_apart():
    assert [counted(17), counted(2911)] == ["17", "2,911"]


def test_every_tone_has_a_class_and_an_ink():
    assert len({ink(tone) for tone in Tone}) == len({look(tone) for tone in Tone}) == len(Tone)
    assert {bar_ink(tone) for tone in Tone} - {ink(tone) for tone in Tone} == {bar_ink(Tone.PLAIN)}


def test_parts_of_a_whole_differ_and_what_means_something_looks_like_it():
    chart = shares()
    marked = replace(chart.bars[1], tone=Tone.LOOK)
    stripes = draw_bars(replace(chart, bars=(chart.bars[0], marked, *chart.bars[2:]))).first

    assert [part_look(stripe) for stripe in stripes] == ["part-1", "warn", "part-3", "part-4"]
    assert len({part_ink(stripe) for stripe in stripes}) == 4
    assert part_ink(stripes[1]) == ink(Tone.LOOK)
