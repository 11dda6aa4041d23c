"""What good work looks like.

The library of competencies, each with levels and behavioural anchors, in versions with dates;
models that say which competencies a job needs, at which level, and how much each counts.
"""
