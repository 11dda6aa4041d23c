from datetime import date

import pytest

from evenhand.sample.inventing import invent
from tests.sample.seeds import seeded

TODAY = date(2026, 11, 22)
SEED = 2026


@pytest.fixture(scope="session")
def today():
    return TODAY


@pytest.fixture(scope="session")
def organization():
    return invent(300, rng=seeded(SEED), today=TODAY)
