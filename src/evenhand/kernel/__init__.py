"""What every room uses and no room owns.

Verdicts, acting persons, events, periods, encrypted fields, paging.
"""
