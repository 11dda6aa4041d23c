"""Measures speed, each figure beside its limit in the same run. See README.md."""
