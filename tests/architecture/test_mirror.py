"""Tests mirror the source: every room with rules in it has a test module of its name."""

from pathlib import Path

import pytest

RULES = {"models", "actions", "policies"}


def rooms_with_rules():
    for path in sorted(Path("src/evenhand").rglob("*.py")):
        room = path.parent.name if path.parent.name in RULES else path.stem
        if room in RULES and path.stem != "__init__" and path.read_text().strip():
            yield path.relative_to("src/evenhand")


@pytest.mark.parametrize("module", list(rooms_with_rules()), ids=str)
def test_a_room_with_rules_has_its_test(module):
    expected = Path("tests") / module.with_name(f"test_{module.name}")

    assert expected.exists()
