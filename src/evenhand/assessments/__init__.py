"""Where somebody stands against what the job expects.

A competency assessment asks the person, the manager and others for levels with examples; gaps and
profiles come of it, and from one source they are only a hypothesis.
"""

FEWEST_OTHERS = 3
"""How many others must have rated a competency before anything of theirs is shown or counts.

Others answer in confidence. One answer would be known at once, and of two each of the two knows the
other's. From three on a mean hides who said what, as long as it is published once (when the
assessment is closed, for two readings before and after an answer could be subtracted) and not too
exactly: it is rounded to half levels, and at both ends of the scale it is only said that it lies
there, for a mean of exactly 5 would say what each one answered.
"""
