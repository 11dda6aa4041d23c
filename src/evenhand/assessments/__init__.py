"""Where somebody stands against what the job expects.

A competency assessment asks the person, the manager and others for levels with examples; gaps and
profiles come of it, and from one source they are only a hypothesis.
"""
