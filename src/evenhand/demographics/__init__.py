"""Protected facts about people, encrypted and apart.

Sex, race, birth date, disability: seen on no page, kept for audits over groups.
"""
