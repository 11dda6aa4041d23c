"""Tables in files: CSV and Excel read with care, and written so that no cell is calculated."""
