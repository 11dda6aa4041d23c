"""The folder of real data and published figures; tests that need it say so where it is absent."""

import json
import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
REFERENCE = Path(os.environ.get("EVENHAND_REFERENCE_DATA", CHECKOUT.parent / "shared" / "data"))

needs_reference_data = pytest.mark.skipif(
    not REFERENCE.is_dir(),
    reason="The reference data are not here; set EVENHAND_REFERENCE_DATA to their folder.",
)


def figures(name):
    """The published and recomputed values of one study."""
    return json.loads((REFERENCE / "reference_figures.json").read_text())[name]
