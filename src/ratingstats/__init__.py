"""Statistics of ratings: who rates how, whether raters agree, how groups fare, what may be shown.

Arrays and numbers in, frozen results out. Knows no database, no page and no organization.
"""
