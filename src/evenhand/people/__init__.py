"""Who works here: persons, their positions, units and reporting lines, each with its dates.

The line above and below a person is kept as a closure with dates, woven by the one action that
changes reporting lines.
"""
