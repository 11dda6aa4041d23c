"""The guide for people who use the library shows only what comes out when it is run."""

import doctest
import re
from pathlib import Path

import ratingstats

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "rating-statistics.md"
FENCED = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`((?:\w+\.)+\w+)`")


def blocks(language):
    return [text for kind, text in FENCED.findall(GUIDE.read_text()) if kind == language]


def test_every_example_gives_what_it_shows(tmp_path, monkeypatch):
    (table,) = blocks("csv")
    (tmp_path / "ratings.csv").write_text(table)
    monkeypatch.chdir(tmp_path)
    example = doctest.DocTestParser().get_doctest("\n".join(blocks("python")), {}, "guide", "", 0)
    said = []

    failed = doctest.DocTestRunner().run(example, out=said.append).failed

    assert not failed, "".join(said)


def test_every_module_of_the_table_exists():
    lines = [line for line in GUIDE.read_text().splitlines() if line.startswith("| ")]
    named = {name.split(".")[0] for line in lines for name in NAMED.findall(line.split("|")[2])}

    root = Path(ratingstats.__file__).parent
    assert named
    assert {n for n in named if not ((root / n).is_dir() or (root / f"{n}.py").exists())} == set()
