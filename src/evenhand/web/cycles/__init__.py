"""Preparing cycles, watching them, repairing them while they run."""
