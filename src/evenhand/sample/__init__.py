"""The sample organization: an invented maker of laboratory instruments and its people.

Everything is drawn from a seed, so the same seed tells the same story. Only `furnishing` knows
the database.
"""
