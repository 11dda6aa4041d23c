"""Assessments: being asked, asking others, and where people stand."""
