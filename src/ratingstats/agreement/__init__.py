"""Whether raters agree: intraclass correlation, alpha, kappas, concordance, rwg, generalizability.

Tables are people (rows) by raters (columns); NaN is a rating that was not given. Results keep the
raw number and say with `status` and `reason` whether it may be relied on.
"""
