"""The processes that work unseen: one performs jobs, one keeps time.

Everything that knows the queue (django-q2) is in `engine`, so that it can be changed in one place.
"""
