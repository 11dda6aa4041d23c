"""How groups of people fare beside each other: rates, means, gaps at equal circumstances.

`counts` compares in integers and chooses whom to compare with, `exact` and `comparing` two groups,
`strata` two groups within units, `families` many tests at once, `deciding` what to do about it.
`means` and `regression` look at ratings as numbers, `adjusted` at equal circumstances, `ordinal`
asks the same of levels, `decomposition` splits a gap, `crossings` looks at two or three attributes
at once. People are counted, not ratings: whoever was rated often still counts once.
"""
