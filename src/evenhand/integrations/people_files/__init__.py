"""HR files.

A *table* is what stands in the file, a *mapping* says which column says what about a person,
*records* are the people it names, and *problems* say what is wrong, in which row and column.
Nothing in here knows the database.
"""
