"""Whether a programme did what it was for: its figures, its return, and what it caused.

Figures: `shares`, `surveys`, `turnover`, `attainment`, `promotion`, `readiness`, `training`,
`accuracy`. Money: `returns`, with uncertain `drivers`. Causes: `differences` (two groups before and
after), `staggered` (units starting one after another), `interruption` (one series), and
`before_after`, which tells what cannot be told without a comparison.
"""
