"""Evenhand: fair, calm performance reviews."""
