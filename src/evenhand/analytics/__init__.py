"""Everything that looks across people: audits of ratings, and what they may show to whom.

The only door to the statistics and to protected facts.
"""
