"""Other systems.

What comes in from HR files and goes out to them. A file is read, its columns are recognised,
its rows become records; a plan says what would change, and only then is anything changed.
"""
