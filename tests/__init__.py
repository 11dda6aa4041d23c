"""Tests run side by side, so linear algebra keeps to one thread in each process."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
