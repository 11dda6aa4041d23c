"""How people are evaluated, and who takes part.

Templates with their scale, sections and questions; cycles with their stages and participants.
"""
