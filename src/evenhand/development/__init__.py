"""How somebody grows.

A development plan: strengths, gaps, learning goals and actions with support and dates, agreed by
the person and the manager and looked at in check-ins.
"""
