"""How single raters rate: strict or lenient, narrow, halo, order, copying, and who resembles whom.

These numbers screen; they prove nothing about a rater. Each needs a smallest number of ratings,
below which it is refused, and alarms are corrected for the number of raters looked at.
"""
