"""What is to be reached, and how far it is.

Strategic objectives; goals of people, teams and units that serve them, agreed by two, weighed,
changed only by agreement; check-ins, pace and score; what rolls up to what.
"""
