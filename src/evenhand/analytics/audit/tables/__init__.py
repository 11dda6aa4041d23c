"""Ratings in spreadsheets: which column says what, and how its cells are read.

A *role* is what a column can say in an audit; *columns* say which column has which role; *levels*
are what a rating can be; *building* makes ratings of it all, or says what is wrong and where.
"""
